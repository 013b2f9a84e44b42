/// \file
/// What changing files takes from the operating system, and no more: so that tests can let any of
/// it fail, or stop at any of it and lose what was not synced. doc/durability.md.

#pragma once

#include <lindi/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace lindi::io {

/// An open file. Errors carry the system's code.
class stored_file {
public:
    virtual ~stored_file() = default;

    virtual result<std::uint64_t> size() = 0;
    /// \return the bytes read: fewer than `into` has room for only at the end of the file
    virtual result<std::size_t> read(std::uint64_t at, std::span<std::byte> into) = 0;
    /// Writes all of it, or fails with any part of it written. Behind the end the file grows.
    virtual result<void> write(std::uint64_t at, std::span<std::byte const> from) = 0;
    virtual result<void> set_size(std::uint64_t size) = 0;
    /// Once this returns, what was written and the size outlive a power cut.
    virtual result<void> sync() = 0;
    /// Takes the lock that one writer of a file holds until it closes it; does not wait.
    /// \return nothing; or std::errc::resource_unavailable_try_again when somebody else has it
    virtual result<void> lock() = 0;
};

enum class path_kind : std::uint8_t { nothing, file, folder, other };

class file_layer {
public:
    virtual ~file_layer() = default;

    /// Follows symbolic links. \return what is there; or why that cannot be told
    virtual result<path_kind> kind(std::string const& path) = 0;
    /// The path without symbolic links, of what need not be there.
    virtual std::string resolved(std::string const& path) = 0;
    /// Opens a file; of a folder only `lock` and `sync` work, as for `access::read`.
    enum class access : std::uint8_t { read, write };
    virtual result<std::unique_ptr<stored_file>> open(std::string const& path, access how) = 0;
    /// Makes an empty file under its final name, for one that nobody knows of yet.
    /// \return the file; or std::errc::file_exists
    virtual result<std::unique_ptr<stored_file>> create(std::string const& path) = 0;
    /// Makes an empty file in the folder of `path`, to take its place in `publish`. It goes away
    /// with its handle, or with the process where the system can do that.
    virtual result<std::unique_ptr<stored_file>> create_unnamed(std::string const& path) = 0;
    /// Gives a file of `create_unnamed` its name, at once for everybody, with the permissions of
    /// the file whose place it takes. \param replace  false: std::errc::file_exists if one is there
    virtual result<void> publish(stored_file& file, std::string const& path, bool replace) = 0;
    /// Whether the path leads to this file: it may have been renamed, replaced or deleted.
    virtual result<bool> is_at(stored_file& file, std::string const& path) = 0;
    /// Names in a folder, sorted.
    virtual result<std::vector<std::string>> list(std::string const& path) = 0;
    /// \return nothing; or std::errc::file_exists
    virtual result<void> make_folder(std::string const& path) = 0;
    /// A file, or a folder that is empty. Of a symbolic link, the link.
    virtual result<void> remove(std::string const& path) = 0;
    /// Once this returns, names given and taken in the folder outlive a power cut.
    virtual result<void> sync_folder(std::string const& path) = 0;
};

/// The operating system. For any number of threads.
file_layer& system_files();

}  // namespace lindi::io
