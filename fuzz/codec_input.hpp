/// \file
/// A fuzzer's bytes as client data and input of a decoder.

#pragma once

#include <lindi/codec/codec.hpp>

#include <cstdlib>
#include <vector>

namespace lindi::fuzz {

constexpr std::uint64_t most_output = std::uint64_t{1} << 20;

struct codec_input {
    std::vector<std::uint32_t> values;
    block_view in;
};

/// A byte with the number of values, the values, and the rest is the input.
inline codec_input split_codec_input(std::uint8_t const* data, std::size_t size)
{
    block_view all{{reinterpret_cast<std::byte const*>(data), size}, 0x1000};
    codec_input out;
    auto const count = size == 0 ? 0 : std::min<std::size_t>(data[0], (size - 1) / 4);
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t value = 0;
        for (unsigned b = 4; b-- > 0;)
            value = value << 8 | data[1 + 4 * i + b];
        out.values.push_back(value);
    }
    out.in = all.sub(size == 0 ? 0 : 1 + 4 * count, size);
    return out;
}

/// Aborts where a decoder broke its promises: output inside the bound, errors inside the input.
inline void check_output(result<bytes> const& out, block_view in, std::uint64_t max_size)
{
    if (out ? out->size() > max_size
            : out.error().at() < in.at || out.error().at() > in.at + in.size())
        std::abort();
}

/// What a target of one decoder does.
inline int
run_decoder(codec::decode_function const& decode, std::uint8_t const* data, std::size_t size)
{
    auto const input = split_codec_input(data, size);
    check_output(decode(input.in, input.values, most_output), input.in, most_output);
    return 0;
}

}  // namespace lindi::fuzz
