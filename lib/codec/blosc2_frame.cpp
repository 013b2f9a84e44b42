#include "blosc2_frame.hpp"

#include "big_endian.hpp"
#include "message_pack.hpp"

namespace lindi::codec {
namespace {

constexpr auto name = "blosc2 frame";

void expect_magic(cursor& c)
{
    expect_marker(c, 0x9e);  // fourteen values
    expect_marker(c, 0xa8);  // eight characters
    auto const magic = c.take(8).bytes;
    c.require(as_text(magic) == std::string_view("b2frame\0", 8), errc::bad_value, "magic");
}

void check_flags(cursor& c)
{
    expect_marker(c, 0xa4);  // four characters
    auto const general = c.u8();
    auto const kind = c.u8();
    c.skip(2);  // defaults for writing chunks
    c.require((general & 15) <= 3, errc::unsupported_version, "version of the frame");
    c.require((general >> 4 & 3) == 1, errc::unsupported, "width of the offsets");
    c.require(general >> 6 == 0, errc::unsupported, "chunks of varying size");
    c.require((kind & 15) == 0, errc::unsupported, "frame over several files");
}

/// Finds what is stored under `key`: names with offsets into `frame`, and there a MessagePack bin.
std::optional<block_view> find_metalayer(cursor& c, block_view frame, std::string_view key)
{
    expect_marker(c, 0x93);  // three values
    read_uint16(c, 0xcd);
    auto const count = read_uint16(c, 0xde);
    std::optional<block_view> found;
    for (unsigned i = 0; i < count && c.ok(); ++i) {
        auto const text = c.take(c.u8() & 31u).bytes;
        auto const offset = read_int32(c);
        if (!c.ok() || as_text(text) != key)
            continue;
        cursor content(frame.sub(offset, frame.size()), name);
        expect_marker(content, 0xc6);
        found = content.take(big_endian(content, 4));
        if (!content.ok())
            c.adopt(content.failure());
    }
    return found;
}

/// What the frame says about its chunk, when it has only this one and stores nothing for it.
result<blosc2_chunk>
special_chunk(blosc2_frame const& frame, blosc2_special special, std::uint64_t size)
{
    cursor c(frame.offsets, name);
    blosc2_chunk out;
    out.size = size;
    out.pattern = special_element(c, special, frame.type_size);
    return c.finish(std::move(out));
}

result<std::uint64_t> read_offset(blosc2_frame const& frame)
{
    auto const head = decode_blosc2_head(frame.offsets, 8);
    if (!head)
        return head.error();
    auto const offsets = decode_blosc2_chunk(*head);
    if (!offsets)
        return offsets.error();
    cursor c({*offsets, frame.offsets.at}, name);
    auto const offset = c.u64();
    if (!c.ok())
        return error(errc::bad_value, frame.offsets.at, name, "number of offsets");
    return offset;
}

}  // namespace

result<blosc2_frame> decode_blosc2_frame(block_view in)
{
    cursor c(in, name);
    blosc2_frame out;
    expect_magic(c);
    std::uint64_t const head_size = read_int32(c);
    auto const frame_size = read_int64(c, 0xcf);
    check_flags(c);
    out.size = read_int64(c, 0xd3);
    auto const stored = read_int64(c, 0xd3);
    out.type_size = read_int32(c);
    read_int32(c);  // size of blocks, which the chunk has
    out.chunk_size = read_int32(c);
    c.skip(3 + 3 + 1);  // numbers of threads, whether there are metalayers in the trailer
    c.skip(2 + 16);     // filters, which the chunk has
    c.require(out.type_size != 0, errc::bad_value, "type size");
    c.require(
        head_size >= c.position() && head_size <= frame_size && stored <= frame_size - head_size,
        errc::bad_value,
        "sizes of the parts"
    );
    if (c.ok() && frame_size > in.size())
        c.fail(errc::truncated, "size of the frame");
    if (!c.ok())
        return c.failure();
    out.shape = find_metalayer(c, in.sub(0, head_size), "b2nd");
    out.chunks = in.sub(head_size, stored);
    out.offsets = in.sub(head_size + stored, frame_size - head_size - stored);
    return c.finish(std::move(out));
}

result<blosc2_chunk> find_only_chunk(blosc2_frame const& frame, std::uint64_t size)
{
    if (frame.size == 0 || frame.size > frame.chunk_size)
        return error(errc::unsupported, frame.chunks.at, name, "not one chunk");
    if (frame.size != size)
        return error(errc::bad_value, frame.chunks.at, name, "size of the chunk");
    auto const offset = read_offset(frame);
    if (!offset)
        return offset.error();
    if (*offset >> 63 != 0)
        return special_chunk(frame, static_cast<blosc2_special>(*offset >> 56 & 7), size);
    if (*offset >= frame.chunks.size())
        return error(errc::bad_value, frame.offsets.at, name, "offset of the chunk");
    auto chunk = decode_blosc2_head(frame.chunks.sub(*offset, frame.chunks.size()), size);
    if (chunk && chunk->size != size)
        return error(errc::bad_value, chunk->stored.at, name, "size of the chunk");
    return chunk;
}

}  // namespace lindi::codec
