/// \file
/// One address space made of parts of several files: family, split and multi files, external raw
/// data.

#pragma once

#include <lindi/io/source.hpp>

#include <memory>
#include <vector>

namespace lindi::io {

/// A part of one file, as addresses of the whole.
struct segment {
    std::uint64_t begin = 0;         ///< first address
    std::uint64_t size = 0;          ///< bytes
    std::shared_ptr<source> from{};  ///< null: zeros
    std::uint64_t offset = 0;        ///< of the first byte in that file
};

/// Files behind each other, with gaps where no segment is. Pages belong behind it, one set for each
/// file: what is behind a segment's end is not to be read ahead.
class segmented_source final : public source {
public:
    /// \param name      of the whole, for messages
    /// \param segments  sorted, without overlap or overflow, each inside of its file; the files
    ///   answer inside their `fetch`, as local ones do
    segmented_source(std::string name, std::vector<segment> segments);

    std::string const& name() const noexcept override { return name_; }
    /// The end of the last segment.
    std::uint64_t size() const noexcept override;
    std::uint64_t stored_size() const noexcept override;
    std::uint64_t end_of(std::uint64_t offset) const noexcept override;
    /// What lies in one segment whose file has it.
    std::optional<block> resident(byte_range range) override;
    void fetch(std::vector<byte_range> wave, on_answers done) override;
    source_stats stats() const noexcept override;

private:
    using iterator = std::vector<segment>::const_iterator;

    /// The segment that has the byte, or the next behind it.
    iterator find(std::uint64_t offset) const noexcept;
    result<block> read(byte_range range) const;

    std::string name_;
    std::vector<segment> segments_;
};

}  // namespace lindi::io
