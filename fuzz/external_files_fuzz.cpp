#include "input.hpp"

#include <lindi/hdf5/message/external_files.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, body] = lindi::fuzz::split(data, size);
    (void)lindi::hdf5::decode_external_files(body, sizes);
    return 0;
}
