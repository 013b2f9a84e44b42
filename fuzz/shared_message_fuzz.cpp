#include "input.hpp"

#include <lindi/hdf5/shared_message.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, body] = lindi::fuzz::split(data, size);
    (void)lindi::hdf5::decode_shared_message(body, sizes);
    return 0;
}
