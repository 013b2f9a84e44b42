/// \file
/// How many requests to one server may be out at the same time.
///
/// As TCP finds out how many packets a way can take (RFC 5681): every answer allows one more
/// request, a server that says it has too many halves them, and from then on they grow slowly. What
/// waits behind a full window is the caller's to keep.

#pragma once

#include <cstddef>
#include <cstdint>

namespace lindi::net {

class request_window {
public:
    /// \param first  requests allowed before anything is known, at least 1
    /// \param most   requests never exceeded, however well it goes
    request_window(unsigned first, unsigned most) noexcept;

    /// Requests that may be out now, at least 1.
    unsigned size() const noexcept { return static_cast<unsigned>(size_); }

    /// As far as it may soon grow: what plans should count on.
    unsigned reach() const noexcept { return is_starting_ ? static_cast<unsigned>(most_) : size(); }

    /// A request goes out. \return its number, for `overloaded`
    std::uint64_t sent() noexcept { return sent_++; }

    /// An answer came. \param is_full  whether more requests wait: an unused window does not grow
    void answered(bool is_full) noexcept;

    /// The server said that it has too much to do, or took no more connections. A burst that was
    /// out together counts once. \param request  what `sent` returned for the request refused
    void overloaded(std::uint64_t request) noexcept;

private:
    double size_;
    double most_;
    bool is_starting_ = true;  ///< no refusal yet: growth is exponential
    std::uint64_t sent_ = 0;
    std::uint64_t first_after_cut_ = 0;  ///< earlier requests say nothing about the size now
};

/// Whether another connection is better than waiting for one in use.
/// \param waiting  requests that wait for a connection, this one included
/// \param in_use   connections that they wait for
/// \param setup    round trips that a new connection takes before its first request
bool is_worth_connecting(std::size_t waiting, std::size_t in_use, unsigned setup) noexcept;

}  // namespace lindi::net
