#include "records.hpp"

#include "packing.hpp"

#if LINDI_WITH_LIBDEFLATE
#include <libdeflate.h>
#else
#include <zlib.h>
#endif

namespace lindi::cache {
namespace {

/// The CRC-32 of gzip. libdeflate needs a tenth of zlib's time, and that is most of what finding a
/// value costs.
std::uint32_t add_to_crc(std::uint32_t crc, std::string_view part)
{
    if (part.empty())
        return crc;  // both libraries start over when they get a null pointer
#if LINDI_WITH_LIBDEFLATE
    return libdeflate_crc32(crc, part.data(), part.size());
#else
    auto const* const data = reinterpret_cast<Bytef const*>(part.data());
    return static_cast<std::uint32_t>(::crc32_z(crc, data, part.size()));
#endif
}

constexpr std::size_t number_size = 8;
constexpr std::size_t crc_size = 4;

std::uint64_t hash(std::string_view text, std::uint64_t start)
{
    // FNV-1a, and a final mix because short texts differ in few bits.
    constexpr std::uint64_t prime = 0x100000001b3;
    for (char const c : text)
        start = (start ^ static_cast<unsigned char>(c)) * prime;
    start ^= start >> 32;
    start *= 0x9e3779b97f4a7c15;
    return start ^ start >> 29;
}

std::string crc_of(std::string_view first, std::string_view second)
{
    auto const crc = add_to_crc(add_to_crc(0, first), second);
    std::string out;
    for (unsigned shift = 32; shift != 0; shift -= 8)
        out += static_cast<char>(crc >> (shift - 8) & 0xff);
    return out;
}

}  // namespace

std::string write_number(std::uint64_t number)
{
    std::string out;
    for (unsigned shift = 64; shift != 0; shift -= 8)
        out += static_cast<char>(number >> (shift - 8) & 0xff);
    return out;
}

std::optional<std::uint64_t> parse_number(std::string_view eight_bytes)
{
    if (eight_bytes.size() != number_size)
        return std::nullopt;
    std::uint64_t out = 0;
    for (char const c : eight_bytes)
        out = out << 8 | static_cast<unsigned char>(c);
    return out;
}

std::string id_of(std::string_view text)
{
    return write_number(hash(text, 0xcbf29ce484222325)) +
           write_number(hash(text, 0x9ae16a3b2f90404f));
}

std::string range_key(std::string_view id, io::byte_range range)
{
    return std::string(id) + write_number(range.offset) + write_number(range.size);
}

std::optional<io::byte_range> parse_range_key(std::string_view key, std::string_view id)
{
    if (key.size() != id_size + 2 * number_size || key.substr(0, id_size) != id)
        return std::nullopt;
    return io::byte_range{
        *parse_number(key.substr(id_size, number_size)),
        *parse_number(key.substr(id_size + number_size))};
}

std::string range_value(std::string_view key, std::string_view bytes)
{
    std::string out;
    out.reserve(range_overhead + bytes.size());
    out.resize(crc_size);
    pack(out, bytes);
    crc_of(key, std::string_view(out).substr(crc_size)).copy(out.data(), crc_size);
    return out;
}

std::optional<std::string_view>
parse_range_value(std::string_view key, std::string_view value, std::string& room)
{
    auto const range = parse_range_key(key, key.substr(0, id_size));
    if (!range || value.size() <= crc_size)
        return std::nullopt;
    auto const rest = value.substr(crc_size);
    if (crc_of(key, rest) != value.substr(0, crc_size))
        return std::nullopt;
    return unpack(rest, range->size, room);
}

std::string write_file_record(file_record const& record)
{
    return write_number(record.last_use) + write_number(record.bytes) + record.text;
}

std::optional<file_record> parse_file_record(std::string_view value)
{
    if (value.size() < 2 * number_size)
        return std::nullopt;
    file_record out;
    out.last_use = *parse_number(value.substr(0, number_size));
    out.bytes = *parse_number(value.substr(number_size, number_size));
    out.text = std::string(value.substr(2 * number_size));
    return out;
}

std::string write_note(std::string_view url, std::string_view note)
{
    auto rest = write_number(url.size());
    rest.append(url).append(note);
    return crc_of(rest, {}) + rest;
}

std::optional<std::string_view> parse_note(std::string_view value, std::string_view url)
{
    if (value.size() < crc_size + number_size)
        return std::nullopt;
    auto const rest = value.substr(crc_size);
    if (crc_of(rest, {}) != value.substr(0, crc_size))
        return std::nullopt;
    auto const url_size = *parse_number(rest.substr(0, number_size));
    auto const words = rest.substr(number_size);
    if (url_size > words.size() || words.substr(0, url_size) != url)
        return std::nullopt;
    return words.substr(url_size);
}

}  // namespace lindi::cache
