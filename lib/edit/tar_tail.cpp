#include "tar_tail.hpp"

#include "blob_names.hpp"
#include "tar_members.hpp"

#include <algorithm>

namespace lindi::edit {
namespace {

using tar_bytes = std::array<std::byte, tar_block>;

bool is_zero(std::span<std::byte const> bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{}; });
}

/// Files that LINDI programs write: without a place in the index they are nothing any more.
bool is_ours(std::string_view name)
{
    return name == document_file || name == index_file || name.starts_with(blob_folder) ||
           name.starts_with(".trash/");
}

std::string_view name_of(tar_bytes const& header)
{
    auto const field = as_text(header).substr(0, longest_tar_name);
    return field.substr(0, std::min(field.find('\0'), field.size()));
}

/// A block; zeros behind the end.
result<tar_bytes> read_header(io::stored_file& tar, std::uint64_t at)
{
    tar_bytes out{};
    auto const got = tar.read(at, out);
    if (!got)
        return got.error();
    return out;
}

/// Whether there is nothing but zeros from here on. Tar programs fill up whole records, of 10 KiB
/// and more.
result<bool> is_zero_to_end(io::stored_file& tar, std::uint64_t at, std::uint64_t size)
{
    constexpr std::uint64_t largest_record = 64 * 1024;
    if (size - at > largest_record)
        return false;
    bytes rest(static_cast<std::size_t>(size - at));
    auto const got = tar.read(at, rest);
    if (!got)
        return got.error();
    return is_zero(rest);
}

}  // namespace

result<tar_tail> look_at_tail(io::stored_file& tar, std::uint64_t end)
{
    auto const size = tar.size();
    if (!size)
        return size.error();
    if (*size < end)
        return error(errc::truncated, *size, "tar", "it ends before the files that it lists");
    tar_tail out;
    out.append_at = end;
    auto at = end;
    while (at < *size) {
        auto const header = read_header(tar, at);
        if (!header)
            return header.error();
        auto const content = decode_tar_header(*header);
        if (!content || *content > *size || in_blocks(*content) + tar_block > *size - at)
            break;
        at += tar_block + in_blocks(*content);
        if (!is_ours(name_of(*header)))
            out.append_at = at;
    }
    auto const zero = is_zero_to_end(tar, at, *size);
    if (!zero)
        return zero.error();
    bool const only_end = *zero && at == out.append_at;
    out.left_over = only_end ? 0 : *size - out.append_at;
    out.ends_well = only_end && *size - at == tar_end_size;
    return out;
}

}  // namespace lindi::edit
