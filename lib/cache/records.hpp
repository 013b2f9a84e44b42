/// \file
/// How keys and values look in the database. Integers are big-endian, so that keys sort by offset.
///
/// ranges  content id (16), offset (8), size (8)  ->  CRC-32 of key and the rest (4), form (1),
/// bytes
///           form 0: as they are; 1: an LZ4 block
/// files   content id (16)  ->  last use (8), bytes of its values (8), the content key's text
/// notes   id of the URL (16)  ->  CRC-32 of the rest (4), size of the URL (8), URL, note
/// meta    "format"  ->  "lindi cache 2"; "bytes"  ->  bytes of all values of ranges (8)

#pragma once

#include <lindi/io/byte_range.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lindi::cache {

inline constexpr std::size_t id_size = 16;
/// What a value of `ranges` has besides its bytes.
inline constexpr std::size_t range_overhead = 5;

/// Not against adversaries: the full text is kept next to it and compared.
std::string id_of(std::string_view text);

std::string range_key(std::string_view id, io::byte_range range);
/// Nothing when it belongs to another id, or is no key.
std::optional<io::byte_range> parse_range_key(std::string_view key, std::string_view id);
/// Compressed when that saves at least an eighth.
std::string range_value(std::string_view key, std::string_view bytes);
/// The bytes, when checksum and size are right. The checksum is looked at first.
/// \param room  for bytes that have to be decoded; others lie in `value`
std::optional<std::string_view>
parse_range_value(std::string_view key, std::string_view value, std::string& room);

struct file_record {
    std::uint64_t last_use = 0;
    std::uint64_t bytes = 0;
    std::string text{};
};

std::string write_file_record(file_record const& record);
std::optional<file_record> parse_file_record(std::string_view value);

std::string write_note(std::string_view url, std::string_view note);
std::optional<std::string_view> parse_note(std::string_view value, std::string_view url);

std::string write_number(std::uint64_t number);
std::optional<std::uint64_t> parse_number(std::string_view eight_bytes);

}  // namespace lindi::cache
