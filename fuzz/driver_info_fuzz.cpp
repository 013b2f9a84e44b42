#include <lindi/hdf5/driver_info.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    namespace h5 = lindi::hdf5;
    lindi::block_view const body{std::as_bytes(std::span(data, size)), 0x40};
    (void)h5::decode_driver_info(body);
    (void)h5::decode_driver_block_size(body);
    auto const block = h5::decode_driver_block(body);
    if (!block)
        return 0;
    (void)h5::decode_family_info(*block);
    (void)h5::decode_multi_info(*block);
    return 0;
}
