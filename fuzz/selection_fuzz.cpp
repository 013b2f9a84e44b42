#include <lindi/hdf5/selection.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    lindi::cursor c({std::as_bytes(std::span(data, size)), 0x40}, "selection");
    auto const found = lindi::hdf5::read_selection(c);
    // What a reader relies on: as many numbers as the rank says.
    if (c.ok() && found.rank != 0 &&
        (found.points.size() % found.rank != 0 || found.blocks.size() % (2 * found.rank) != 0))
        std::abort();
    return 0;
}
