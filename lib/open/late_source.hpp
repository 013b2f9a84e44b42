/// \file
/// A URL that is not asked before something is missing.

#pragma once

#include <lindi/net/http_source.hpp>

namespace lindi::open {

/// What is known about a file before any request.
struct known_file {
    std::string url{};
    std::uint64_t size = 0;
    std::string content{};  ///< net::http_source::content_id
};

/// Opens its URL when the first range is fetched, and then has the known content, or fails: every
/// read is that error.
class late_source final : public io::source {
public:
    late_source(std::shared_ptr<net::client> through, known_file known, net::http_options options);

    std::string const& name() const noexcept override { return name_; }
    std::uint64_t size() const noexcept override { return known_.size; }
    std::optional<block> resident(io::byte_range range) override;
    void fetch(std::vector<io::byte_range> wave, io::on_answers done) override;
    void wait() override;
    io::source_stats stats() const noexcept override;
    io::read_cost cost() const noexcept override;

private:
    result<void> open();

    std::shared_ptr<net::client> through_;
    known_file known_;
    net::http_options options_;
    std::string name_;
    std::unique_ptr<net::http_source> opened_{};
    std::optional<error> failed_{};
};

}  // namespace lindi::open
