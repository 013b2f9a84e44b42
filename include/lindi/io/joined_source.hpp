/// \file
/// One address space made of parts of several files: family, split and multi files, external raw data.

#pragma once

#include <lindi/io/source.hpp>

#include <memory>
#include <vector>

namespace lindi::io {

/// A part of one file.
struct segment {
    std::uint64_t begin = 0;          ///< in the joined address space
    std::uint64_t size = 0;           ///< bytes
    std::shared_ptr<source> from;     ///< null: zeros
    std::uint64_t offset = 0;         ///< in that file
};

/// Segments in order of `begin`, without overlap; between them and where a file is too short there are zeros.
class joined_source final : public source {
public:
    joined_source(std::string name, std::vector<segment> segments, std::uint64_t size);

    std::string const& name() const noexcept override { return name_; }
    std::uint64_t size() const noexcept override { return size_; }
    std::optional<block> resident(byte_range) override { return std::nullopt; }
    /// \pre the files answer inside their `fetch`, as local ones do
    void fetch(std::vector<byte_range> wave, on_answers done) override;
    source_stats stats() const noexcept override;

private:
    result<block> read(byte_range range);

    std::string name_;
    std::vector<segment> segments_;
    std::uint64_t size_;
};

}  // namespace lindi::io
