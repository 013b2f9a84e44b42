#include <lindi/codec/shuffle.hpp>
#include <lindi/codec/szip.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/core/cursor.hpp>

#if LINDI_WITH_SZIP
#include <libaec.h>
#endif

#include <algorithm>
#include <new>
#include <optional>

namespace lindi::codec {
namespace {

constexpr auto name = "szip filter";

#if LINDI_WITH_SZIP

constexpr std::uint32_t msb_option = 16;
constexpr std::uint32_t nearest_neighbour_option = 32;
constexpr std::uint64_t most_per_byte = 8192;  // 11 bits stand for 64 blocks of 32 zeros at most

/// The client data, with what libaec's szip interface makes of them.
struct parameters {
    unsigned block = 0;        ///< samples
    unsigned line = 0;         ///< samples
    unsigned padded_line = 0;  ///< samples: a line is filled up to whole blocks
    unsigned sample_bits = 0;
    unsigned sample_size = 0;  ///< bytes of a decoded sample
    unsigned planes = 1;       ///< 32 and 64 bits are coded byte by byte, after a shuffle
    unsigned flags = 0;
};

result<parameters> read_parameters(client_values values, std::uint64_t at)
{
    auto const refuse = [at](char const* detail) {
        return error(errc::bad_value, at, name, detail);
    };
    if (values.size() != 4)
        return refuse("number of client values");
    auto const mask = values[0];
    parameters p{.block = values[1], .line = values[3], .sample_bits = values[2]};
    if (p.block < 2 || p.block > 32 || p.block % 2 != 0)
        return refuse("pixels per block");
    if (p.line < p.block || p.line > 128 * p.block)
        return refuse("pixels per scan line");
    if (p.sample_bits == 32 || p.sample_bits == 64) {
        p.planes = p.sample_bits / 8;
        p.sample_bits = 8;
    }
    if (p.sample_bits == 0 || p.sample_bits > 24)
        return refuse("bits per pixel");
    p.padded_line = (p.line + p.block - 1) / p.block * p.block;
    p.sample_size = p.sample_bits > 16 ? 4 : p.sample_bits > 8 ? 2 : 1;
    p.flags = ((mask & msb_option) != 0 ? AEC_DATA_MSB : 0u) |
              ((mask & nearest_neighbour_option) != 0 ? AEC_DATA_PREPROCESS : 0u);
    return p;
}

/// Decodes up to `out.size()` bytes. \return how many there were, or no value where libaec refuses
std::optional<std::size_t>
run_decoder(std::span<std::byte const> in, parameters const& p, std::span<std::byte> out)
{
    aec_stream stream{};
    stream.next_in = reinterpret_cast<unsigned char const*>(in.data());
    stream.avail_in = in.size();
    stream.next_out = reinterpret_cast<unsigned char*>(out.data());
    stream.avail_out = out.size();
    stream.bits_per_sample = p.sample_bits;
    stream.block_size = p.block;
    stream.rsi = p.padded_line / p.block;
    stream.flags = p.flags;
    auto const status = aec_buffer_decode(&stream);
    if (status == AEC_MEM_ERROR)
        throw std::bad_alloc();
    if (status != AEC_OK)
        return std::nullopt;
    return stream.total_out;
}

/// Moves the lines together, over the padding behind each of them.
void remove_padding(bytes& data, parameters const& p, std::size_t size)
{
    auto const line = std::size_t{p.line} * p.sample_size;
    auto const padded = std::size_t{p.padded_line} * p.sample_size;
    for (std::size_t n = 1; n * line < size; ++n)
        std::copy_n(
            data.begin() + static_cast<std::ptrdiff_t>(n * padded),
            std::min(line, size - n * line),
            data.begin() + static_cast<std::ptrdiff_t>(n * line)
        );
    data.resize(size);
}

result<bytes> decode_samples(block_view in, parameters const& p, std::size_t size)
{
    auto const line = std::size_t{p.line} * p.sample_size;
    auto const padding = std::size_t{p.padded_line - p.line} * p.sample_size;
    bytes data(size + (size == 0 ? 0 : (size - 1) / line * padding));
    auto const decoded = run_decoder(in.bytes, p, data);
    if (!decoded)
        return error(errc::bad_value, in.at, name, "samples");
    if (*decoded != data.size())
        return error(errc::truncated, in.at + in.size(), name);
    if (padding != 0)
        remove_padding(data, p, size);
    return data;
}

#endif

}  // namespace

#if LINDI_WITH_SZIP

result<bytes> decode_szip(block_view in, client_values values, std::uint64_t max_size)
{
    auto const p = read_parameters(values, in.at);
    if (!p)
        return p.error();
    cursor c(in, name);
    auto const size = c.u32();
    c.require(size <= max_size, errc::too_large, "size of the chunk");
    c.require(size / most_per_byte <= c.remaining(), errc::truncated, "too short for its size");
    c.require(size % (p->sample_size * p->planes) == 0, errc::bad_value, "part of a pixel");
    if (!c.ok())
        return c.failure();
    auto data = decode_samples(c.rest(), *p, size);
    if (!data || p->planes == 1)
        return data;
    bytes out(data->size());
    unshuffle(*data, p->planes, out);
    return out;
}

#else

result<bytes> decode_szip(block_view in, client_values, std::uint64_t)
{
    return error(errc::missing_filter, in.at, name, "filter 4 (szip): built without libaec");
}

#endif

}  // namespace lindi::codec
