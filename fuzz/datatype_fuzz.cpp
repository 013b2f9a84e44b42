#include "input.hpp"

#include <lindi/hdf5/message/datatype.hpp>

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, body] = lindi::fuzz::split(data, size);
    auto const type = lindi::hdf5::decode_datatype(body, sizes);
    // What a reader relies on: elements have bytes, arrays have elements.
    if (type && ((*type)->size == 0 || (*type)->array_count() == 0))
        std::abort();
    if (type && (*type)->needs_heap())
        (void)(*type)->has_reference();
    return 0;
}
