/// \file
/// Files that are being made, before they go to where they belong.

#pragma once

#include <lindi/core/error.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lindi::bulk {

/// A file that goes away with its owner unless somebody takes it.
class spool_file {
public:
    /// \return the new file; or the system's error, as for all of these
    static result<spool_file> create(std::string path);

    spool_file(spool_file&& other) noexcept;
    spool_file& operator=(spool_file&&) = delete;
    spool_file(spool_file const&) = delete;
    ~spool_file();

    std::string const& path() const noexcept { return path_; }
    result<void> write(std::string_view text);
    /// Writes the first bytes of another file.
    result<void> write_head_of(std::string const& path, std::uint64_t size);
    /// Writes over what comes behind the first bytes.
    result<void> cut(std::uint64_t size);
    result<void> close();

private:
    spool_file(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor)
    {}

    std::string path_;
    int descriptor_;
};

/// A folder for them. What an earlier process left in it goes.
class spool_folder {
public:
    static result<std::unique_ptr<spool_folder>> open(std::string const& folder);
    /// A path that nobody else has.
    std::string next_path();

private:
    explicit spool_folder(std::string folder) : folder_(std::move(folder)) {}

    std::string folder_;
    std::atomic<std::uint64_t> next_ = 0;
};

}  // namespace lindi::bulk
