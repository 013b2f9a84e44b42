// Data files for `lindi add`: the header of .npy, and CSV.
#include <csv_reader.hpp>
#include <npy_reader.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace lindi;
    block_view const input{{reinterpret_cast<std::byte const*>(data), size}, 0};
    (void)tools::read_npy_header(input);
    (void)tools::read_csv(as_text(input.bytes), false);
    (void)tools::read_csv(as_text(input.bytes), true);
    return 0;
}
