#include "codec_input.hpp"

#include <lindi/codec/pipeline.hpp>

#include <array>

namespace {

using namespace lindi;

constexpr std::array<std::uint16_t, 19> ids{
    1,
    2,
    3,
    4,
    5,
    6,
    307,
    32000,
    32001,
    32004,
    32008,
    32015,
    9,
    305,
    32013,
    32020,
    32022,
    32023,
    32026};

}  // namespace

/// Four bytes choose filters, or none where they are high; four are the mask and the sizes; then
/// the client data that all of them share, and the chunk.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const known = codec::built_in_filters();
    if (size < 8)
        return 0;
    auto const input = fuzz::split_codec_input(data + 8, size - 8);
    std::vector<codec::filter_call> calls;
    for (std::size_t i = 0; i < 4; ++i)
        if (data[i] < ids.size())
            calls.push_back({ids[data[i]], {}, input.values});
    auto const decoded_size = static_cast<std::uint64_t>(data[5] | data[6] << 8);
    codec::chunk_format const format{calls, data[4], decoded_size, data[7]};
    auto const out = codec::decode_chunk(known, input.in, format, {});
    fuzz::check_output(out, input.in, decoded_size);
    if (out && out->size() != decoded_size)
        std::abort();
    return 0;
}
