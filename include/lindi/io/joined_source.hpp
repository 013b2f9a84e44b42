/// \file
/// Many files as one: each has a stretch of addresses of its own, so that a read of whatever file
/// is a read of this source, and joins the same waves.

#pragma once

#include <lindi/io/source.hpp>

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

namespace lindi::io {

class joined_source final : public source {
public:
    /// Addresses of one file: no longer ones can be read.
    static constexpr unsigned part_bits = 44;
    static constexpr std::uint64_t part_size = std::uint64_t{1} << part_bits;
    static constexpr std::uint64_t max_parts = std::uint64_t{1} << (64 - part_bits - 1);

    /// Opens the file of that name; blocks.
    using opener = std::function<result<std::unique_ptr<source>>(std::string const& name)>;

    /// \param name      of the whole, for messages
    /// \param open      for files that are added by name, when they are read for the first time
    /// \param max_open  of these at the same time; the least recently used is closed
    joined_source(std::string name, opener open, std::size_t max_open = 64);

    /// Adds a file that is open and stays so. \return its first address
    std::uint64_t add(std::unique_ptr<source> part);
    /// Adds a file by name, once. \return its first address; or errc::too_large (max_parts)
    result<std::uint64_t> add(std::string const& name);

    /// Bytes of the file that has this address. Opens it. \return as `open`
    result<std::uint64_t> size_of(std::uint64_t address);
    /// The name of the file that has this address, and the place in it.
    std::string describe(std::uint64_t address) const;

    std::string const& name() const noexcept override { return name_; }
    /// Of the space of addresses.
    std::uint64_t size() const noexcept override { return parts_.size() << part_bits; }
    std::optional<block> resident(byte_range range) override;
    void fetch(std::vector<byte_range> wave, on_answers done) override;
    void wait() override;
    source_stats stats() const noexcept override;

private:
    struct part {
        std::string name;
        std::unique_ptr<source> file;  ///< null: not open
        std::optional<error> failure;  ///< of opening it: not tried again
        bool by_name = false;
        std::uint64_t last_use = 0;
        std::size_t in_flight = 0;
    };
    struct pending_wave;

    result<source*> open_part(std::size_t index);
    void close_one();
    void fetch_part(
        std::size_t index, std::shared_ptr<pending_wave> const& wave, std::vector<std::size_t> which
    );

    std::string name_;
    opener open_;
    std::size_t max_open_;
    std::vector<part> parts_;
    std::unordered_map<std::string, std::size_t> by_name_;
    std::size_t open_by_name_ = 0;
    std::uint64_t uses_ = 0;
    source_stats closed_;  ///< what closed files did
};

}  // namespace lindi::io
