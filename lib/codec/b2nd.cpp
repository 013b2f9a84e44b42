#include "b2nd.hpp"

#include "message_pack.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>

namespace lindi::codec {
namespace {

constexpr auto name = "b2nd metalayer";
constexpr unsigned most_dimensions = 15;

/// Blocks may stick out of an array in each dimension, but must not make it this much larger.
constexpr std::uint64_t most_padding = 64;

using shape_of = std::vector<std::uint64_t>;

template <class Read>
shape_of read_shape(cursor& c, unsigned rank, Read read)
{
    expect_marker(c, static_cast<std::uint8_t>(0x90 + rank));
    shape_of out(rank);
    for (auto& extent : out)
        extent = read(c);
    return out;
}

std::optional<std::uint64_t> bytes_of(shape_of const& shape, std::uint64_t type_size)
{
    auto const count = checked_product(shape);
    return count ? checked_multiply(*count, type_size) : std::nullopt;
}

/// \pre all shapes have the same rank
void check_shapes(cursor& c, b2nd_array& a, shape_of const& chunk, std::uint64_t max_size)
{
    shape_of padded;
    for (std::size_t i = 0; i < a.shape.size() && c.ok(); ++i) {
        c.require(a.shape[i] != 0 && a.shape[i] == chunk[i], errc::unsupported, "not one chunk");
        c.require(a.block[i] != 0 && a.block[i] <= chunk[i], errc::bad_value, "shape of blocks");
        if (!c.ok())
            return;
        a.grid.push_back(divide_up(chunk[i], a.block[i]));
        padded.push_back(a.grid[i] * a.block[i]);
    }
    auto const size = bytes_of(a.shape, a.type_size);
    c.require(size && *size <= max_size, errc::too_large, "size of the chunk");
    auto const all = bytes_of(padded, a.type_size);
    if (!c.ok())
        return;
    c.require(all && *all / most_padding <= *size, errc::unsupported, "much padding in the blocks");
    a.size = *size;
    a.padded_size = all.value_or(0);
    a.block_size = bytes_of(a.block, a.type_size).value_or(0);  // not more than `size`
}

}  // namespace

result<b2nd_array> decode_b2nd(block_view content, std::uint64_t type_size, std::uint64_t max_size)
{
    cursor c(content, name);
    auto const values = c.u8();
    c.require(values == 0x95 || values == 0x97, errc::bad_value, "MessagePack type");
    c.expect_version(0, 0);
    auto const rank = c.u8();
    if (!c.require(rank > 0 && rank <= most_dimensions, errc::unsupported, "rank"))
        return c.failure();
    b2nd_array out;
    out.type_size = type_size;
    out.shape = read_shape(c, rank, [](cursor& from) { return read_int64(from, 0xd3); });
    auto const chunk = read_shape(c, rank, read_int32);
    out.block = read_shape(c, rank, read_int32);
    if (c.ok())
        check_shapes(c, out, chunk, max_size);
    return c.finish(std::move(out));
}

void b2nd_array::place(
    std::uint64_t number, std::span<std::byte const> block_bytes, std::span<std::byte> out
) const
{
    auto const rank = shape.size();
    std::vector<std::uint64_t> origin(rank);  // of the block, in elements
    for (std::size_t i = rank; i-- > 0; number /= grid[i])
        origin[i] = number % grid[i] * block[i];

    auto const row = std::min(block.back(), shape.back() - origin.back()) * type_size;
    auto const rows = block_size / (block.back() * type_size);
    for (std::uint64_t r = 0; r < rows; ++r) {
        std::uint64_t to = 0;  // element of the array
        std::uint64_t stride = 1;
        bool inside = true;
        auto left = r;
        for (std::size_t i = rank; i-- > 0; stride *= shape[i]) {
            auto const at = origin[i] + (i + 1 == rank ? 0 : left % block[i]);
            if (i + 1 != rank)
                left /= block[i];
            inside = inside && at < shape[i];
            to += at * stride;
        }
        if (!inside)
            continue;
        auto const from = block_bytes.subspan(r * block.back() * type_size, row);
        std::copy(
            from.begin(), from.end(), out.begin() + static_cast<std::ptrdiff_t>(to * type_size)
        );
    }
}

}  // namespace lindi::codec
