/// \file
/// Files of a `file_layer` as the containers need them: locked, read in blocks, written as text.

#pragma once

#include "changed_document.hpp"

#include <lindi/io/byte_range.hpp>
#include <lindi/io/file_layer.hpp>
#include <lindi/io/source.hpp>

#include <memory>

namespace lindi::edit {

/// Opens a file for changes, alone. Who waited for a writer that put a new file in its place gets
/// the new one. \return the file; or std::errc::resource_unavailable_try_again
result<std::unique_ptr<io::stored_file>>
open_locked(io::file_layer& files, std::string const& path);

/// \param from  pays for the bytes
/// \return all of them; or errc::truncated
result<block> read_block(io::stored_file& file, io::byte_range range, budget& from);

/// \return bytes written at `at`; or what writing failed with, errc::too_large (output_bytes)
result<std::uint64_t> write_document(
    io::stored_file& file, std::uint64_t at, changed_document const& document, limits const& max
);

/// A view of a file that still grows. Answers inside `fetch`.
std::unique_ptr<io::source>
make_source(std::shared_ptr<io::stored_file> file, std::string name, std::uint64_t size);

}  // namespace lindi::edit
