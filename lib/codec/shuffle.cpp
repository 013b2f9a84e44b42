#include <lindi/codec/shuffle.hpp>

#include <algorithm>
#include <cstring>

namespace lindi::codec {
namespace {

constexpr auto name = "shuffle filter";

/// Calls `move(shuffled, plain)` with the two places of every byte of every whole element.
/// Goes by blocks that stay in the first cache, since one of the two sides is gone over in strides.
template <class Move>
void for_each_place(std::size_t size, std::size_t element_size, Move move)
{
    auto const count = size / element_size;
    auto const block = std::max<std::size_t>(1, 16384 / element_size);
    for (std::size_t first = 0; first < count; first += block) {
        auto const last = std::min(count, first + block);
        for (std::size_t b = 0; b < element_size; ++b)
            for (std::size_t i = first; i < last; ++i)
                move(b * count + i, i * element_size + b);
    }
}

void copy_tail(
    std::span<std::byte const> in, std::size_t element_size, std::span<std::byte> out
) noexcept
{
    auto const tail = in.last(in.size() % element_size);
    std::copy(tail.begin(), tail.end(), out.last(tail.size()).begin());
}

}  // namespace

void shuffle(
    std::span<std::byte const> in, std::size_t element_size, std::span<std::byte> out
) noexcept
{
    if (element_size == 1) {
        std::copy(in.begin(), in.end(), out.begin());
        return;
    }
    for_each_place(in.size(), element_size, [in, out](std::size_t shuffled, std::size_t plain) {
        out[shuffled] = in[plain];
    });
    copy_tail(in, element_size, out);
}

void unshuffle(
    std::span<std::byte const> in, std::size_t element_size, std::span<std::byte> out
) noexcept
{
    for_each_place(in.size(), element_size, [in, out](std::size_t shuffled, std::size_t plain) {
        out[plain] = in[shuffled];
    });
    copy_tail(in, element_size, out);
}

result<bytes> decode_shuffle(block_view in, client_values values, std::uint64_t max_size)
{
    if (values.size() != 1 || values[0] == 0)
        return error(errc::bad_value, in.at, name, "element size");
    if (in.size() > max_size)
        return error(errc::too_large, in.at, name, "size of the chunk");
    bytes out(in.size());
    unshuffle(in.bytes, values[0], out);
    return out;
}

}  // namespace lindi::codec
