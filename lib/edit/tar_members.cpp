#include "tar_members.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/zarr/json_text.hpp>

#include <algorithm>

namespace lindi::edit {
namespace {

constexpr std::size_t size_at = 124;
constexpr std::size_t size_digits = 12;
constexpr std::size_t checksum_at = 148;
constexpr std::size_t checksum_digits = 8;

void put_text(tar_header& header, std::size_t at, std::string_view text)
{
    std::copy(as_bytes(text).begin(), as_bytes(text).end(), header.begin() + at);
}

std::string octal(std::uint64_t number, std::size_t digits)
{
    std::string out(digits, '0');
    for (auto digit = out.rbegin(); digit != out.rend() && number != 0; ++digit, number /= 8)
        *digit = static_cast<char>('0' + number % 8);
    return out;
}

/// Of all bytes, with spaces for the field that holds it.
std::uint64_t checksum(std::span<std::byte const, tar_block> header)
{
    std::uint64_t sum = checksum_digits * ' ';
    for (std::size_t i = 0; i < header.size(); ++i)
        if (i < checksum_at || i >= checksum_at + checksum_digits)
            sum += std::to_integer<std::uint64_t>(header[i]);
    return sum;
}

/// Octal digits, with spaces and NULs round them.
std::optional<std::uint64_t> decode_octal(std::string_view field)
{
    auto const start = field.find_first_not_of(' ');
    auto const end = std::min(field.find_first_of(std::string_view(" \0", 2), start), field.size());
    if (start == field.npos || start == end)
        return std::nullopt;
    std::uint64_t out = 0;
    for (auto const digit : field.substr(start, end - start)) {
        if (digit < '0' || digit > '7')
            return std::nullopt;
        out = out * 8 + static_cast<std::uint64_t>(digit - '0');
    }
    return out;
}

std::string index_item(std::string_view name, rfs::tar_entry const& entry)
{
    std::string out = "{\"d\": " + std::to_string(entry.data) + ", \"n\": ";
    zarr::append_string(out, name);
    return out + ", \"o\": " + std::to_string(entry.header) +
           ", \"s\": " + std::to_string(entry.size) + "}";
}

}  // namespace

tar_header encode_tar_header(std::string_view name, std::uint64_t size)
{
    tar_header out{};
    put_text(out, 0, name.substr(0, longest_tar_name));
    put_text(out, 100, std::string_view("0000644\0", 8));
    put_text(out, 108, std::string_view("0000000\0", 8));  // user
    put_text(out, 116, std::string_view("0000000\0", 8));  // group
    put_text(out, size_at, octal(size, size_digits - 1));
    put_text(out, 136, std::string_view("00000000000\0", 12));  // time
    put_text(out, 156, "0");                                    // a file
    put_text(
        out,
        257,
        std::string_view(
            "ustar\0"
            "00",
            8
        )
    );
    put_text(out, checksum_at, octal(checksum(out), 6) + std::string("\0 ", 2));
    return out;
}

std::optional<std::uint64_t> decode_tar_header(std::span<std::byte const, tar_block> header)
{
    auto const text = as_text(header);
    if (text.substr(257, 5) != "ustar" ||
        decode_octal(text.substr(checksum_at, checksum_digits)) != checksum(header))
        return std::nullopt;
    return decode_octal(text.substr(size_at, size_digits));
}

std::array<std::byte, tar_block> encode_tar_entry(rfs::tar_entry const& index)
{
    std::array<std::byte, tar_block> out{};
    out.fill(std::byte{' '});
    auto const text = "{\"index\": " + index_item(index_file, index) + "}";
    std::copy(as_bytes(text).begin(), as_bytes(text).end(), out.begin());
    return out;
}

result<rfs::tar_entry> write_tar_index(
    std::vector<named_tar_entry> files,
    std::uint64_t at,
    std::function<result<void>(std::string_view)> const& put
)
{
    constexpr std::size_t piece = 64 * 1024;
    constexpr std::size_t longest_own_item = 160;
    std::sort(files.begin(), files.end(), [](auto const& a, auto const& b) {
        return a.second.header < b.second.header;
    });
    std::string text = "{\"files\": [";
    std::uint64_t size = 0;
    for (auto const& [name, place] : files) {
        text += "\n" + index_item(name, place) + ",";
        if (text.size() < piece)
            continue;
        if (auto const done = put(text); !done)
            return done.error();
        size += text.size();
        text.clear();
    }
    // Its own size stands in it: room for the longest there may be, and white space behind it.
    rfs::tar_entry const own{at, at + tar_block, in_blocks(size + text.size() + longest_own_item)};
    text += "\n" + index_item(index_file, own) + "]}\n";
    text.resize(own.size - size, ' ');
    if (auto const done = put(text); !done)
        return done.error();
    return own;
}

std::optional<std::uint64_t> end_of_files(rfs::tar_index const& files)
{
    std::uint64_t out = 0;
    for (auto const& [name, file] : files) {
        auto const end = checked_add(file.data, file.size);
        if (!end || !checked_add(*end, tar_block))
            return std::nullopt;
        out = std::max(out, in_blocks(*end));
    }
    return out;
}

}  // namespace lindi::edit
