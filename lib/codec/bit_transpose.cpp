#include "bit_transpose.hpp"

namespace lindi::codec {
namespace {

/// Transposes a matrix of 8 by 8 bits, a row to a byte: 1, 2 and 4 bits at a time change sides.
constexpr std::uint64_t transpose(std::uint64_t rows) noexcept
{
    auto const swap = [&rows](unsigned distance, std::uint64_t mask) {
        auto const changed = (rows ^ rows >> distance) & mask;
        rows ^= changed ^ changed << distance;
    };
    swap(7, 0x00aa00aa00aa00aa);
    swap(14, 0x0000cccc0000cccc);
    swap(28, 0x00000000f0f0f0f0);
    return rows;
}

static_assert(transpose(0x00000000000000ff) == 0x0101010101010101);
static_assert(transpose(transpose(0x0123456789abcdef)) == 0x0123456789abcdef);

}  // namespace

void unshuffle_bits(
    std::span<std::byte const> in, std::size_t element_size, std::span<std::byte> out
) noexcept
{
    auto const groups = in.size() / element_size / 8;
    for (std::size_t byte = 0; byte < element_size; ++byte)
        for (std::size_t group = 0; group < groups; ++group) {
            std::uint64_t rows = 0;
            for (std::size_t bit = 0; bit < 8; ++bit)
                rows |= std::to_integer<std::uint64_t>(in[(byte * 8 + bit) * groups + group])
                        << 8 * bit;
            rows = transpose(rows);
            for (std::size_t i = 0; i < 8; ++i)
                out[(group * 8 + i) * element_size + byte] = static_cast<std::byte>(rows >> 8 * i);
        }
}

}  // namespace lindi::codec
