/// \file
/// What a tar is made of, as Python lindi writes it: headers, and the files that say where the
/// others are. POSIX.1-1988, "ustar"; doc/lindi.md.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/lindi/tar_index.hpp>

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lindi::edit {

constexpr std::uint64_t tar_block = 512;
/// Zero bytes at the end of a tar; Python lindi appends where the last ones begin.
constexpr std::uint64_t tar_end_size = 2 * tar_block;
constexpr std::size_t longest_tar_name = 100;
/// What eleven octal digits hold.
constexpr std::uint64_t largest_tar_file = (std::uint64_t{1} << 33) - 1;

constexpr char const* entry_file = ".tar_entry.json";
constexpr char const* index_file = ".tar_index.json";
constexpr char const* document_file = "lindi.json";

using named_tar_entry = std::pair<std::string_view, rfs::tar_entry>;

using tar_header = std::array<std::byte, tar_block>;

/// \param name  ASCII, at most longest_tar_name \param size  at most largest_tar_file
tar_header encode_tar_header(std::string_view name, std::uint64_t size);

/// Size of the content behind a header of whatever tar program. \return nothing: it is none, or its
///   checksum is wrong
std::optional<std::uint64_t> decode_tar_header(std::span<std::byte const, tar_block> header);

/// Content of `.tar_entry.json`, which says where the index is. It is one block, so that a disk
/// writes all of it or nothing; the second block of that file is white space.
std::array<std::byte, tar_block> encode_tar_entry(rfs::tar_entry const& index);

/// Writes an index.
/// \param files  to be listed, in order of their places; not the index itself, which is the last
/// \param at     where its header comes
/// \param put    gets the text piece by piece
/// \return the place of the index, or what `put` failed with
result<rfs::tar_entry> write_tar_index(
    std::vector<named_tar_entry> files,
    std::uint64_t at,
    std::function<result<void>(std::string_view)> const& put
);

/// Up to where files reach, padding included. Nothing for places that no tar has.
std::optional<std::uint64_t> end_of_files(rfs::tar_index const& files);

/// Bytes that a content takes in a tar.
constexpr std::uint64_t in_blocks(std::uint64_t size)
{
    return (size + tar_block - 1) / tar_block * tar_block;
}

}  // namespace lindi::edit
