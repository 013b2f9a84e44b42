/// \file
/// A file behind a URL for another thread than its client's.

#pragma once

#include "client_thread_state.hpp"

namespace lindi::net {

/// Hands waves over to the client's thread, and their answers back.
class shared_source final : public io::source {
public:
    using time_point = client_thread::time_point;

    /// \param over   that the source belongs to
    /// \param opened made on the client's thread, and only used there
    shared_source(
        std::shared_ptr<client_thread> keep,
        client_thread::state& over,
        std::unique_ptr<http_source> opened,
        time_point until
    );
    ~shared_source() override;

    std::string const& name() const noexcept override { return name_; }
    std::uint64_t size() const noexcept override { return size_; }
    std::optional<block> resident(io::byte_range range) override;
    void fetch(std::vector<io::byte_range> ranges, io::on_answers done) override;
    void wait() override;
    io::source_stats stats() const noexcept override { return seen_.stats; }
    /// The way to the server is shared: what would come in a round trip is a part of it.
    io::read_cost cost() const noexcept override
    {
        auto const sharing = std::max(over_->open_files.load(), 1U);
        return {seen_.cost.request, seen_.cost.round_trip / sharing};
    }

private:
    struct observed {
        io::source_stats stats{};
        io::read_cost cost{};
    };
    /// What both threads look at.
    struct mailbox {
        std::unique_ptr<http_source> source;  ///< of the client's thread
        std::mutex guard;
        std::condition_variable arrived;
        std::vector<std::pair<std::uint64_t, io::answers>> answers;
        observed seen;
    };
    struct waiting_wave {
        std::vector<io::byte_range> ranges;
        io::on_answers done;
    };

    static observed observe(http_source const& from);
    void give_up();

    std::shared_ptr<client_thread> keep_;
    client_thread::state* over_;
    std::shared_ptr<mailbox> box_;
    std::string name_;
    std::uint64_t size_;
    std::optional<block> first_;
    observed seen_;
    time_point until_;
    std::uint64_t next_ = 0;
    std::map<std::uint64_t, waiting_wave> waiting_;
};

}  // namespace lindi::net
