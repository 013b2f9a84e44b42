#include "blosc2_chunk.hpp"

#include "blosc2_filters.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>

namespace lindi::codec {
namespace {

constexpr auto name = "blosc2 chunk";
constexpr std::size_t head_size = 32;

constexpr unsigned extended_flags = 0x05;  // together they announce the longer head
constexpr unsigned raw_flag = 0x02;
constexpr unsigned unsplit_flag = 0x10;

// Of the second set of flags. Nothing else of it matters to a reader.
constexpr unsigned dictionary_flag = 0x01;
constexpr unsigned lazy_flag = 0x08;
constexpr unsigned instrumented_flag = 0x80;
constexpr unsigned own_block_sizes_flag = 0x01;  // of the third

/// What the second and third set of flags may ask for.
void check_features(cursor& c, unsigned flags, unsigned more_flags)
{
    c.require((flags & dictionary_flag) == 0, errc::unsupported, "dictionary");
    c.require((flags & lazy_flag) == 0, errc::bad_value, "the blocks are not in the chunk");
    c.require((flags & instrumented_flag) == 0, errc::unsupported, "instrumented codec");
    c.require(
        (more_flags & own_block_sizes_flag) == 0, errc::unsupported, "blocks of varying size"
    );
}

void check_sizes(cursor& c, blosc2_chunk const& chunk, std::uint64_t stored, std::uint64_t max_size)
{
    c.require(chunk.size <= max_size, errc::too_large, "size of the chunk");
    c.require(chunk.type_size != 0, errc::bad_value, "type size");
    c.require(chunk.block_size != 0, errc::bad_value, "block size");
    if (c.require(stored >= head_size, errc::bad_value, "stored size"))
        c.room_for(stored - head_size, 1);
    if ((chunk.flags & raw_flag) != 0 && chunk.pattern.empty())
        c.require(stored == head_size + chunk.size, errc::bad_value, "size of a raw chunk");
}

bytes read_pattern(cursor& c, blosc2_special special, unsigned type_size, std::uint64_t stored)
{
    if (!c.ok() || special == blosc2_special::none)
        return {};
    if (special != blosc2_special::value)
        return special_element(c, special, type_size);
    auto const value = c.rest().sub(0, stored - std::min<std::uint64_t>(stored, head_size)).bytes;
    c.require(!value.empty(), errc::bad_value, "no value to repeat");
    return {value.begin(), value.end()};
}

/// A run of one byte: the byte is in the size, and a token says that it is a run.
void read_run(cursor& c, std::uint32_t size, std::span<std::byte> out)
{
    auto const token = c.u8();
    c.require((token & 1) != 0, errc::unsupported, "token of a stream");
    auto const value = ~size + 1;
    if (c.require(value <= 255, errc::bad_value, "byte of a run"))
        std::fill(out.begin(), out.end(), static_cast<std::byte>(value));
}

void read_stream(cursor& c, blosc_codec codec, std::span<std::byte> out)
{
    auto const size = c.u32();
    if (size == 0)
        return std::fill(out.begin(), out.end(), std::byte{});
    if (size >> 31 != 0)
        return read_run(c, size, out);
    auto const stored = c.take(size);
    if (stored.size() == out.size())
        std::copy(stored.bytes.begin(), stored.bytes.end(), out.begin());
    else if (c.ok())
        decode_blosc_stream(c, codec, stored, out);
}

/// A block has a stream for every byte of an element, if it is a whole one.
void read_streams(cursor& c, blosc2_chunk const& chunk, std::span<std::byte> out)
{
    bool const split = (chunk.flags & unsplit_flag) == 0 && out.size() == chunk.block_size;
    auto const count = split ? chunk.type_size : 1;
    if (!c.require(out.size() % count == 0, errc::bad_value, "part of an element in a block"))
        return;
    auto const size = out.size() / count;
    for (std::uint64_t i = 0; i < count && c.ok(); ++i)
        read_stream(c, chunk.codec, out.subspan(i * size, size));
}

result<std::uint64_t> copy_raw_blocks(blosc2_chunk const& chunk, blosc2_sink const& sink)
{
    auto const data = chunk.stored.sub(head_size, chunk.size).bytes;
    for (std::uint64_t at = 0; at < chunk.size; at += chunk.block_size)
        sink(at, data.subspan(at, std::min(chunk.block_size, chunk.size - at)));
    return chunk.size;
}

}  // namespace

bytes special_element(cursor& c, blosc2_special special, std::uint64_t type_size)
{
    switch (special) {
    case blosc2_special::zeros:
    case blosc2_special::not_written:
        return bytes(1);
    case blosc2_special::nans:
        c.require(type_size == 4 || type_size == 8, errc::bad_value, "size of a NaN");
        return type_size == 4 ? bytes{{}, {}, std::byte{0xc0}, std::byte{0x7f}}
                              : bytes{{}, {}, {}, {}, {}, {}, std::byte{0xf8}, std::byte{0x7f}};
    default:
        c.fail(errc::bad_value, "special value");
        return {};
    }
}

void fill_with(std::span<std::byte const> pattern, std::span<std::byte> out) noexcept
{
    if (pattern.size() == 1)
        return std::fill(out.begin(), out.end(), pattern[0]);
    for (; !out.empty(); out = out.subspan(std::min(pattern.size(), out.size())))
        std::copy_n(pattern.begin(), std::min(pattern.size(), out.size()), out.begin());
}

result<blosc2_chunk> decode_blosc2_head(block_view in, std::uint64_t max_size)
{
    cursor c(in, name);
    blosc2_chunk out;
    c.expect_version(4, 6);  // of chunks
    c.u8();                  // version of the codec's streams; they have only one each
    out.flags = c.u8();
    out.codec = static_cast<blosc_codec>(out.flags >> 5);
    out.type_size = c.u8();
    out.size = c.u32();
    out.block_size = c.u32();
    std::uint64_t const stored = c.u32();
    c.require(
        (out.flags & extended_flags) == extended_flags, errc::unsupported, "chunk of Blosc 1"
    );
    for (auto& filter : out.filters)
        filter = c.u8();
    c.skip(2);  // a codec from outside and its details
    for (auto& detail : out.filter_details)
        detail = c.u8();
    auto const more_flags = c.u8();
    auto const flags = c.u8();
    check_features(c, flags, more_flags);
    out.pattern =
        read_pattern(c, static_cast<blosc2_special>(flags >> 4 & 7), out.type_size, stored);
    check_sizes(c, out, stored, max_size);
    if (c.ok() && out.pattern.empty() && (out.flags & raw_flag) == 0) {
        require_known(c, out.codec);
        require_known_filters(c, out.filters);
    }
    out.block_size = std::min(out.block_size, std::max<std::uint64_t>(out.size, 1));
    out.stored = in.sub(0, stored);
    return c.finish(std::move(out));
}

result<std::uint64_t> decode_blosc2_blocks(blosc2_chunk const& chunk, blosc2_sink const& sink)
{
    if ((chunk.flags & raw_flag) != 0)
        return copy_raw_blocks(chunk, sink);
    cursor c(chunk.stored, name);
    c.skip(head_size);
    auto const count = divide_up(chunk.size, chunk.block_size);
    if (!c.room_for(count, 4))
        return c.failure();
    blosc2_filters filters(chunk);
    bytes packed(chunk.block_size);
    auto streams = c.remaining() - count * 4;  // bytes that no block has read yet
    for (std::uint64_t at = 0; at < chunk.size && c.ok(); at += chunk.block_size) {
        auto const start = c.u32();
        c.require(
            start >= head_size && start < chunk.stored.size(), errc::bad_value, "start of a block"
        );
        if (!c.ok())
            break;
        cursor block(chunk.stored.sub(start, chunk.stored.size()), name);
        auto const out = std::span(packed).first(std::min(chunk.block_size, chunk.size - at));
        read_streams(block, chunk, out);
        if (!block.ok())
            c.adopt(block.failure());
        // Blocks that share streams could keep a decoder busy for the square of the chunk's size.
        c.require(block.position() <= streams, errc::bad_value, "blocks overlap");
        streams -= std::min<std::uint64_t>(block.position(), streams);
        if (c.ok())
            sink(at, filters.undo(at, out));
    }
    return c.finish(chunk.size);
}

result<bytes> decode_blosc2_chunk(blosc2_chunk const& chunk)
{
    bytes out(chunk.size);
    if (!chunk.pattern.empty()) {
        fill_with(chunk.pattern, out);
        return out;
    }
    auto const decoded = decode_blosc2_blocks(chunk, [&out](std::uint64_t start, auto block) {
        std::copy(block.begin(), block.end(), out.begin() + static_cast<std::ptrdiff_t>(start));
    });
    if (!decoded)
        return decoded.error();
    return out;
}

}  // namespace lindi::codec
