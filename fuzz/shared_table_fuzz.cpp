#include "input.hpp"

#include <lindi/hdf5/shared_table.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, body] = lindi::fuzz::split(data, size);
    (void)lindi::hdf5::decode_shared_table_message(body, sizes);
    for (std::uint8_t const count : {std::uint8_t{1}, std::uint8_t{3}})
        (void)lindi::hdf5::decode_shared_table(body, sizes, count);
    return 0;
}
