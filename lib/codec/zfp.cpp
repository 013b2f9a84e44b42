#include "zfp_header.hpp"

#include <lindi/codec/zfp.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/core/cursor.hpp>

#if LINDI_WITH_ZFP
#include <zfp.h>
#endif

#include <algorithm>
#include <bit>
#include <memory>
#include <new>

namespace lindi::codec {
namespace {

constexpr auto name = "zfp filter";

#if LINDI_WITH_ZFP

// libzfp does not look where its input ends. No block reads more than 2^15 bits, which is the
// longest that a mode may ask for, so it is enough to look after each block.
constexpr std::size_t padding = 8192;
constexpr std::size_t side = 4;         // of a block, in elements
constexpr std::size_t block_max = 256;  // elements, for rank 4

struct close_stream {
    void operator()(bitstream* stream) const noexcept { stream_close(stream); }
    void operator()(zfp_stream* stream) const noexcept { zfp_stream_close(stream); }
};

template <class T>
using block_function = std::size_t (*)(zfp_stream*, T*);

template <class T>
constexpr std::array<block_function<T>, 4> block_functions{};
template <>
constexpr std::array<block_function<int32>, 4> block_functions<int32>{
    zfp_decode_block_int32_1,
    zfp_decode_block_int32_2,
    zfp_decode_block_int32_3,
    zfp_decode_block_int32_4};
template <>
constexpr std::array<block_function<int64>, 4> block_functions<int64>{
    zfp_decode_block_int64_1,
    zfp_decode_block_int64_2,
    zfp_decode_block_int64_3,
    zfp_decode_block_int64_4};
template <>
constexpr std::array<block_function<float>, 4> block_functions<float>{
    zfp_decode_block_float_1,
    zfp_decode_block_float_2,
    zfp_decode_block_float_3,
    zfp_decode_block_float_4};
template <>
constexpr std::array<block_function<double>, 4> block_functions<double>{
    zfp_decode_block_double_1,
    zfp_decode_block_double_2,
    zfp_decode_block_double_3,
    zfp_decode_block_double_4};

/// A stream of blocks over a padded copy of the input.
class block_stream {
public:
    explicit block_stream(block_view in) : words_((in.size() + padding) / 8), in_(in)
    {
        cursor c(in, name);
        for (auto& word : words_)
            word = c.uint(static_cast<unsigned>(std::min<std::size_t>(c.remaining(), 8)));
        bits_.reset(stream_open(words_.data(), words_.size() * 8));
        blocks_.reset(zfp_stream_open(bits_.get()));
        if (!bits_ || !blocks_)
            throw std::bad_alloc();
    }

    bool set_mode(std::uint64_t mode) { return zfp_stream_set_mode(get(), mode) != zfp_mode_null; }
    /// The fewest bits that `count` blocks can have, up to what the input has.
    bool has_room_for(std::uint64_t count) const
    {
        unsigned least = 1;
        zfp_stream_params(blocks_.get(), &least, nullptr, nullptr, nullptr);
        return count <= in_.size() * 8 / std::max(least, 1u);
    }
    bool past_end() const { return stream_rtell(bits_.get()) > std::uint64_t{in_.size()} * 8; }
    zfp_stream* get() const noexcept { return blocks_.get(); }

private:
    std::vector<std::uint64_t> words_;
    block_view in_;
    std::unique_ptr<bitstream, close_stream> bits_;
    std::unique_ptr<zfp_stream, close_stream> blocks_;
};

/// Where a block begins, in elements of the field; the fastest dimension first.
using position = std::array<std::uint64_t, 4>;

/// Goes on to the next block. \return whether there is one
bool step(position& at, zfp_header const& h)
{
    for (std::size_t i = 0; i < at.size(); ++i) {
        at[i] += side;
        if (at[i] < h.shape[i])
            return true;
        at[i] = 0;
    }
    return false;
}

std::uint64_t count_blocks(zfp_header const& h)
{
    std::uint64_t count = 1;
    for (auto const extent : h.shape)
        count *= divide_up(extent, side);
    return count;
}

template <class T>
void store(T value, bool big_endian, std::span<std::byte> out)
{
    using word = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    auto const bits = std::bit_cast<word>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i)
        out[big_endian ? sizeof(T) - 1 - i : i] = static_cast<std::byte>(bits >> 8 * i);
}

/// Copies what of a block lies inside the field.
template <class T>
void place(std::span<T const> block, position const& at, zfp_header const& h, bytes& out)
{
    position size{};
    for (std::size_t i = 0; i < size.size(); ++i)
        size[i] = std::min<std::uint64_t>(side, h.shape[i] - at[i]);
    for (std::size_t w = 0; w < size[3]; ++w)
        for (std::size_t z = 0; z < size[2]; ++z)
            for (std::size_t y = 0; y < size[1]; ++y) {
                auto const row = ((at[3] + w) * h.shape[2] + at[2] + z) * h.shape[1] + at[1] + y;
                auto const to = std::span(out).subspan(
                    (row * h.shape[0] + at[0]) * sizeof(T), size[0] * sizeof(T)
                );
                for (std::size_t x = 0; x < size[0]; ++x)
                    store(
                        block[((w * side + z) * side + y) * side + x],
                        h.big_endian,
                        to.subspan(x * sizeof(T), sizeof(T))
                    );
            }
}

template <class T>
result<bytes> decode_field(block_view in, zfp_header const& h, std::uint64_t size)
{
    block_stream stream(in);
    if (!stream.set_mode(h.mode))
        return error(errc::bad_value, in.at, name, "mode");
    if (!stream.has_room_for(count_blocks(h)))
        return error(errc::truncated, in.at, name);
    bytes out(size);
    std::array<T, block_max> block{};
    position at{};
    do {
        block_functions<T>[h.rank - 1](stream.get(), block.data());
        if (stream.past_end())
            return error(errc::truncated, in.at, name);
        place<T>(block, at, h, out);
    } while (step(at, h));
    return out;
}

result<std::uint64_t> checked_size(zfp_header const& h, std::uint64_t max_size, std::uint64_t at)
{
    auto const count = checked_product(h.shape);
    if (!count || *count > max_size / h.scalar_size())
        return error(errc::too_large, at, name, "size of the chunk");
    return *count * h.scalar_size();
}

#endif

}  // namespace

#if LINDI_WITH_ZFP

result<bytes> decode_zfp(block_view in, client_values values, std::uint64_t max_size)
{
    auto const header = decode_zfp_header(values, in.at);
    if (!header)
        return header.error();
    auto const size = checked_size(*header, max_size, in.at);
    if (!size)
        return size.error();
    switch (header->scalar) {
    case zfp_scalar::int32:
        return decode_field<int32>(in, *header, *size);
    case zfp_scalar::int64:
        return decode_field<int64>(in, *header, *size);
    case zfp_scalar::float32:
        return decode_field<float>(in, *header, *size);
    case zfp_scalar::float64:
        return decode_field<double>(in, *header, *size);
    }
    return error(errc::bad_value, in.at, name, "type");
}

#else

result<bytes> decode_zfp(block_view in, client_values, std::uint64_t)
{
    return error(errc::missing_filter, in.at, name, "filter 32013 (zfp): built without libzfp");
}

#endif

}  // namespace lindi::codec
