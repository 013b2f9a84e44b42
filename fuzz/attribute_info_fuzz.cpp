#include "input.hpp"

#include <lindi/hdf5/message/attribute_info.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, body] = lindi::fuzz::split(data, size);
    (void)lindi::hdf5::decode_attribute_info(body, sizes);
    (void)lindi::hdf5::decode_attribute_record(body, 8);
    (void)lindi::hdf5::decode_attribute_record(body, 9);
    return 0;
}
