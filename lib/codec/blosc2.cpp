#include "b2nd.hpp"
#include "blosc2_frame.hpp"

#include <lindi/codec/blosc2.hpp>

#include <algorithm>

namespace lindi::codec {
namespace {

constexpr auto name = "blosc2 filter";
constexpr std::size_t rank_at = 7;  // in the client data

bool has_shape(client_values values, std::vector<std::uint64_t> const& shape)
{
    if (values.size() <= rank_at)
        return true;
    return std::ranges::equal(values.subspan(rank_at + 1), shape);
}

result<bytes> decode_flat(blosc2_frame const& frame, std::uint64_t max_size)
{
    if (frame.size > max_size)
        return error(errc::too_large, frame.chunks.at, name, "size of the chunk");
    auto const chunk = find_only_chunk(frame, frame.size);
    if (!chunk)
        return chunk.error();
    return decode_blosc2_chunk(*chunk);
}

result<bytes> decode_boxes(blosc2_frame const& frame, client_values values, std::uint64_t max_size)
{
    auto const array = decode_b2nd(*frame.shape, frame.type_size, max_size);
    if (!array)
        return array.error();
    if (!has_shape(values, array->shape))
        return error(errc::bad_value, frame.shape->at, name, "shape of the chunk");
    auto const chunk = find_only_chunk(frame, array->padded_size);
    if (!chunk)
        return chunk.error();
    bytes out(array->size);
    if (!chunk->pattern.empty()) {
        fill_with(chunk->pattern, out);
        return out;
    }
    if (chunk->block_size != array->block_size)
        return error(errc::bad_value, chunk->stored.at, name, "block size");
    auto const decoded = decode_blosc2_blocks(*chunk, [&](std::uint64_t start, auto block) {
        array->place(start / array->block_size, block, out);
    });
    if (!decoded)
        return decoded.error();
    return out;
}

}  // namespace

result<bytes> decode_blosc2(block_view in, client_values values, std::uint64_t max_size)
{
    auto const frame = decode_blosc2_frame(in);
    if (!frame)
        return frame.error();
    return frame->shape ? decode_boxes(*frame, values, max_size) : decode_flat(*frame, max_size);
}

}  // namespace lindi::codec
