/// \file
/// The tar form: where its files are. doc/lindi.md, "Reading"; ustar for the header.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/io/reader.hpp>

#include <string>
#include <unordered_map>

namespace lindi::rfs {

/// A file in the tar.
struct tar_entry {
    std::uint64_t header = 0;
    std::uint64_t data = 0;
    std::uint64_t size = 0;

    friend bool operator==(tar_entry const&, tar_entry const&) = default;
};

/// First bytes of a tar that tell where its index is: header and content of `.tar_entry.json`.
inline constexpr std::uint64_t tar_start_size = 512 + 1024;

/// Whether bytes begin as a LINDI tar: ustar, as POSIX has it.
bool is_tar(std::span<std::byte const> first_bytes) noexcept;

using tar_index = std::unordered_map<std::string, tar_entry>;

/// \param start  the first tar_start_size bytes
/// \return where the index is; or errc::bad_signature, errc::truncated, errc::bad_value
[[nodiscard]] result<tar_entry> decode_tar_start(block_view start);

/// \param text  of `.tar_index.json`
/// \param own   where it was found: it has to say the same
/// \return the files by name; or errc::truncated, errc::bad_value
[[nodiscard]] result<tar_index> decode_tar_index(block_view text, tar_entry const& own);

/// Reads the index of a tar: two waves.
/// \return the files; or what reading and decoding fail with, errc::too_large (memory)
task<result<tar_index>> read_tar_index(io::reader& tar);

}  // namespace lindi::rfs
