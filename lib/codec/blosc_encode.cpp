#include <lindi/codec/blosc_encode.hpp>
#include <lindi/codec/shuffle.hpp>
#include <lindi/core/checked.hpp>

#include <algorithm>

#include <lz4.h>

namespace lindi::codec {
namespace {

constexpr std::size_t head_size = 16;
constexpr std::size_t largest_input = 0x7fffffff - head_size;
constexpr std::size_t largest_block = std::size_t{1} << 18;
constexpr std::size_t shortest_worth_it = 128;  // c-blosc stores less than this raw, too
constexpr unsigned shuffled_lz4_unsplit = 0x31;
constexpr unsigned raw = 0x02;

void append_u32(bytes& out, std::size_t value)
{
    for (unsigned i = 0; i < 4; ++i)
        out.push_back(static_cast<std::byte>(value >> 8 * i));
}

void overwrite_u32(bytes& out, std::size_t at, std::size_t value)
{
    for (unsigned i = 0; i < 4; ++i)
        out[at + i] = static_cast<std::byte>(value >> 8 * i);
}

/// Whole elements, at most 256 KiB of them.
std::size_t choose_block_size(std::size_t size, std::size_t type_size)
{
    auto const most = std::min(size, largest_block);
    return std::max<std::size_t>(1, most < type_size ? most : most / type_size * type_size);
}

/// The frame's size is filled in when it is known.
bytes start_frame(unsigned flags, std::size_t type_size, std::size_t size, std::size_t block_size)
{
    bytes out{
        std::byte{2},
        std::byte{1},
        static_cast<std::byte>(flags),
        static_cast<std::byte>(type_size)};
    append_u32(out, size);
    append_u32(out, block_size);
    append_u32(out, 0);
    return out;
}

/// A block of one stream: its size and LZ4 data, or the bytes themselves where that is not smaller.
void append_block(bytes& out, std::span<std::byte const> shuffled)
{
    auto const at = out.size();
    auto const size = static_cast<int>(shuffled.size());
    out.resize(at + 4 + shuffled.size());
    auto const stored = LZ4_compress_default(
        reinterpret_cast<char const*>(shuffled.data()),
        reinterpret_cast<char*>(out.data() + at + 4),
        size,
        size - 1
    );
    if (stored <= 0)
        std::copy(shuffled.begin(), shuffled.end(), out.end() - size);
    else
        out.resize(at + 4 + static_cast<std::size_t>(stored));
    overwrite_u32(out, at, out.size() - at - 4);
}

bytes encode_blocks(std::span<std::byte const> data, std::size_t type_size)
{
    auto const block_size = choose_block_size(data.size(), type_size);
    auto out = start_frame(shuffled_lz4_unsplit, type_size, data.size(), block_size);
    out.resize(head_size + 4 * divide_up(data.size(), block_size));
    bytes shuffled;
    for (std::size_t at = 0; at < data.size() && out.size() < head_size + data.size();
         at += block_size) {
        auto const block = data.subspan(at, std::min(block_size, data.size() - at));
        shuffled.resize(block.size());
        shuffle(block, type_size, shuffled);
        overwrite_u32(out, head_size + 4 * (at / block_size), out.size());
        append_block(out, shuffled);
    }
    return out;
}

bytes encode_raw(std::span<std::byte const> data, std::size_t type_size)
{
    auto const block_size = choose_block_size(data.size(), type_size);
    auto out = start_frame(shuffled_lz4_unsplit | raw, type_size, data.size(), block_size);
    out.insert(out.end(), data.begin(), data.end());
    return out;
}

}  // namespace

result<bytes> encode_blosc(std::span<std::byte const> data, std::uint64_t type_size)
{
    if (data.size() > largest_input)
        return error(errc::too_large, error::nowhere, "blosc frame", "2^31 - 17 bytes at most");
    std::size_t const element = type_size == 0 || type_size > 255 ? 1 : type_size;
    bytes out;
    if (data.size() >= shortest_worth_it)
        out = encode_blocks(data, element);
    if (out.empty() || out.size() >= head_size + data.size())
        out = encode_raw(data, element);
    overwrite_u32(out, 12, out.size());
    return out;
}

}  // namespace lindi::codec
