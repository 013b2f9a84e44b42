#include "stream_vbyte.hpp"

#include <lindi/codec/vbz.hpp>
#include <lindi/codec/zstd.hpp>

namespace lindi::codec {
namespace {

constexpr auto name = "vbz filter";
constexpr std::uint64_t most_per_integer = 5;  // bytes, with the length

struct vbz_options {
    unsigned version = 0;
    unsigned width = 1;  ///< bytes of an integer
    bool differences = false;
    bool zstd = true;
};

result<vbz_options> read_options(block_view in, client_values values)
{
    if (values.size() < 3)
        return error(errc::bad_value, in.at, name, "number of client values");
    if (values[0] > 1)
        return error(
            errc::unsupported_version, in.at, name, "version " + std::to_string(values[0])
        );
    if (values[1] != 1 && values[1] != 2 && values[1] != 4)
        return error(errc::bad_value, in.at, name, "integer size");
    return vbz_options{values[0], values[1], values[2] != 0, values.size() == 3 || values[3] != 0};
}

/// The lowest bit is the sign: 0, -1, 1, -2, ...
std::uint32_t undo_zigzag(std::uint32_t value) noexcept
{
    return value >> 1 ^ (~(value & 1) + 1);
}

result<bytes> unpack(block_view in, vbz_options const& options, std::uint64_t size)
{
    cursor c(in, name);
    if (!c.require(size % options.width == 0, errc::bad_value, "part of an integer"))
        return c.failure();
    bool const halves = options.version == 1 && options.width == 1;
    stream_vbyte stream(
        c, size / options.width, halves ? vbyte_code::half_bytes : vbyte_code::bytes
    );
    if (!c.ok())  // before memory is set aside
        return c.failure();
    bytes out(size);
    std::uint32_t value = 0;
    for (std::size_t at = 0; at < size && c.ok(); at += options.width) {
        value = options.differences ? value + undo_zigzag(stream.next()) : stream.next();
        for (unsigned b = 0; b < options.width; ++b)
            out[at + b] = static_cast<std::byte>(value >> 8 * b);
    }
    c.require(c.remaining() == 0, errc::bad_value, "bytes behind the integers");
    return c.finish(std::move(out));
}

}  // namespace

result<bytes> decode_vbz(block_view in, client_values values, std::uint64_t max_size)
{
    auto const options = read_options(in, values);
    if (!options)
        return options.error();
    cursor c(in, name);
    std::uint64_t const size = c.u32();
    if (!c.require(size <= max_size, errc::too_large, "size of the chunk"))
        return c.failure();
    if (!options->zstd)
        return unpack(c.rest(), *options, size);
    auto const packed = decode_zstd(c.rest(), {}, size / options->width * most_per_integer + 1);
    if (!packed)
        return packed.error();
    auto out = unpack({*packed, in.at}, *options, size);
    if (!out)  // its place is in no file
        return error(out.error().code(), in.at, name, std::string(out.error().detail()));
    return out;
}

}  // namespace lindi::codec
