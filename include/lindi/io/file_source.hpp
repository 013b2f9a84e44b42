/// \file
/// A local file, read with pread.

#pragma once

#include <lindi/io/source.hpp>

#include <memory>

namespace lindi::io {

class file_source final : public source {
public:
    /// Opens a regular file for reading.
    /// \return the source, or an error with the system's code: no such file, no permission,
    ///   a directory, not a regular file
    static result<std::unique_ptr<file_source>> open(std::string path);
    /// As above for a file that is open already. \param descriptor  taken over, also on failure
    static result<std::unique_ptr<file_source>> adopt(int descriptor, std::string path);

    ~file_source() override;
    file_source(file_source const&) = delete;
    file_source& operator=(file_source const&) = delete;

    std::string const& name() const noexcept override { return name_; }
    std::uint64_t size() const noexcept override { return size_; }
    /// Nothing ever is: put a `page_source` in front.
    std::optional<block> resident(byte_range) override { return std::nullopt; }
    /// Answers inside the call. A file that shrank meanwhile gives errc::truncated.
    void fetch(std::vector<byte_range> wave, on_answers done) override;
    source_stats stats() const noexcept override { return stats_; }

private:
    file_source(std::string path, int descriptor, std::uint64_t size);
    result<block> read(byte_range range);

    std::string name_;
    int descriptor_;
    std::uint64_t size_;
    source_stats stats_;
};

}  // namespace lindi::io
