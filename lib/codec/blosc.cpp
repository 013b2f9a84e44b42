#include "bit_transpose.hpp"
#include "blosc_stream.hpp"

#include <lindi/codec/blosc.hpp>
#include <lindi/codec/shuffle.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/core/cursor.hpp>

#include <algorithm>

namespace lindi::codec {
namespace {

constexpr std::size_t head_size = 16;
constexpr unsigned shuffle_flag = 0x01;
constexpr unsigned raw_flag = 0x02;
constexpr unsigned bit_shuffle_flag = 0x04;
constexpr unsigned unknown_flag = 0x08;
constexpr unsigned unsplit_flag = 0x10;

struct frame_head {
    unsigned flags = 0;
    blosc_codec codec = blosc_codec::blosclz;
    unsigned type_size = 0;
    std::uint64_t size = 0;        ///< decoded
    std::uint64_t block_size = 0;  ///< decoded; the last block may be shorter
    std::uint64_t frame_size = 0;  ///< stored, with the head
};

void check_head(cursor& c, frame_head const& h, std::uint64_t max_size)
{
    c.require(h.size <= max_size, errc::too_large, "size of the chunk");
    c.require(h.frame_size >= head_size, errc::bad_value, "size of the frame");
    c.room_for(h.frame_size - head_size, 1);
    c.require((h.flags & unknown_flag) == 0, errc::unsupported, "reserved flag");
    if (h.size == 0)
        return;
    c.require(h.type_size != 0, errc::bad_value, "type size");
    c.require(h.block_size != 0, errc::bad_value, "block size");
    if ((h.flags & raw_flag) != 0) {
        c.require(h.frame_size == head_size + h.size, errc::bad_value, "size of a raw frame");
        return;
    }
    require_known(c, h.codec);
    c.require(
        h.size / most_per_byte(h.codec) <= h.frame_size, errc::truncated, "too short for its size"
    );
}

frame_head read_head(cursor& c, std::uint64_t max_size)
{
    frame_head h;
    c.expect_version(2, 2);  // of frames
    c.expect_version(1, 1);  // of the inner codec's streams, the same for all of them
    h.flags = c.u8();
    h.codec = static_cast<blosc_codec>(h.flags >> 5);
    h.type_size = c.u8();
    h.size = c.u32();
    h.block_size = c.u32();
    h.frame_size = c.u32();
    if (c.ok())
        check_head(c, h, max_size);
    return h;
}

/// A block has a stream for every byte of an element if it is a full one, and long enough.
std::uint64_t count_streams(frame_head const& h, std::uint64_t block_size)
{
    bool const split = (h.flags & unsplit_flag) == 0 && h.type_size <= 16 &&
                       block_size / h.type_size >= 128 && block_size == h.block_size;
    return split ? h.type_size : 1;
}

void read_streams(cursor& c, frame_head const& h, std::span<std::byte> out)
{
    auto const count = count_streams(h, out.size());
    if (!c.require(out.size() % count == 0, errc::bad_value, "part of an element in a block"))
        return;
    for (std::uint64_t i = 0; i < count && c.ok(); ++i) {
        auto const part = out.subspan(i * (out.size() / count), out.size() / count);
        auto const stored = c.take(c.u32());
        if (stored.size() == part.size())
            std::copy(stored.bytes.begin(), stored.bytes.end(), part.begin());
        else if (c.ok())
            decode_blosc_stream(c, h.codec, stored, part);
    }
}

/// Bits are shuffled only where the elements of a block come in eights.
void undo_shuffle(frame_head const& h, std::span<std::byte const> in, std::span<std::byte> out)
{
    auto const count = in.size() / h.type_size;
    auto const whole = count * h.type_size;
    if ((h.flags & shuffle_flag) != 0 && h.type_size > 1)
        return unshuffle(in, h.type_size, out);
    std::copy(in.begin(), in.end(), out.begin());
    if ((h.flags & bit_shuffle_flag) != 0 && count % 8 == 0)
        unshuffle_bits(in.first(whole), h.type_size, out.first(whole));
}

void read_block(cursor& c, frame_head const& h, std::span<std::byte> out)
{
    if ((h.flags & (shuffle_flag | bit_shuffle_flag)) == 0)
        return read_streams(c, h, out);
    bytes shuffled(out.size());
    read_streams(c, h, shuffled);
    undo_shuffle(h, shuffled, out);
}

/// \param c  behind the head of the frame
result<bytes> decode_blocks(cursor& c, frame_head const& h, block_view frame)
{
    auto const count = divide_up(h.size, h.block_size);
    if (!c.room_for(count, 4))
        return c.failure();
    bytes out(h.size);
    auto streams = c.remaining() - count * 4;  // bytes that no block has read yet
    for (std::uint64_t at = 0; at < h.size && c.ok(); at += h.block_size) {
        auto const start = c.u32();
        c.require(start >= head_size && start < frame.size(), errc::bad_value, "start of a block");
        if (!c.ok())
            break;
        cursor block(frame.sub(start, frame.size()), c.structure());
        read_block(block, h, std::span(out).subspan(at, std::min(h.block_size, h.size - at)));
        if (!block.ok())
            c.adopt(block.failure());
        // Blocks that share streams could keep a decoder busy for the square of the frame's size.
        c.require(block.position() <= streams, errc::bad_value, "blocks overlap");
        streams -= std::min(block.position(), streams);
    }
    return c.finish(std::move(out));
}

}  // namespace

result<bytes> decode_blosc(block_view in, client_values, std::uint64_t max_size)
{
    cursor head(in, "blosc frame");
    auto const h = read_head(head, max_size);
    if (!head.ok())
        return head.failure();
    if (h.size == 0)
        return bytes();
    auto const frame = in.sub(0, h.frame_size);
    cursor c(frame, head.structure());
    c.skip(head_size);
    if ((h.flags & raw_flag) == 0)
        return decode_blocks(c, h, frame);
    auto const data = c.rest().bytes;
    return bytes(data.begin(), data.end());
}

}  // namespace lindi::codec
