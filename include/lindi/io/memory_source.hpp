/// \file
/// A file that lies in memory already.

#pragma once

#include <lindi/io/source.hpp>

#include <memory>

namespace lindi::io {

class memory_source final : public source {
public:
    /// Takes the bytes over.
    memory_source(std::string name, lindi::bytes content);
    /// A view of bytes that the caller keeps alive as long as the source and all its blocks.
    memory_source(std::string name, std::span<std::byte const> content);

    std::string const& name() const noexcept override { return name_; }
    std::uint64_t size() const noexcept override { return content_.size(); }
    std::optional<block> resident(byte_range range) override;
    void fetch(std::vector<byte_range> wave, on_answers done) override;
    source_stats stats() const noexcept override { return {}; }

private:
    std::string name_;
    std::shared_ptr<void const> owner_;
    std::span<std::byte const> content_;
};

}  // namespace lindi::io
