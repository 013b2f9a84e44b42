#include <lindi/hdf5/message/fill_value.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    lindi::block_view const body{std::as_bytes(std::span(data, size)), 0x40};
    (void)lindi::hdf5::decode_fill_value(body);
    (void)lindi::hdf5::decode_old_fill_value(body);
    return 0;
}
