/// \file
/// Ctrl-C and its like, while there is something to tidy up.

#pragma once

#include <lindi/io/reader.hpp>
#include <lindi/net/client.hpp>

namespace lindi::tools {

/// As long as it lives, SIGINT, SIGTERM and SIGHUP stop what it watches instead of ending the
/// program. A second one ends it. One at a time.
class interrupt_guard {
public:
    interrupt_guard();
    ~interrupt_guard();
    interrupt_guard(interrupt_guard const&) = delete;
    interrupt_guard& operator=(interrupt_guard const&) = delete;

    /// Cancels its reads on a signal, also on one that came before. \param reader  outlives the
    /// guard
    void watch(io::reader& reader) noexcept;
    /// Stops its requests. \param client  outlives the guard
    void watch(net::client& client) noexcept;

    /// The signal that came, or 0.
    static int received() noexcept;

private:
    struct saved;
    std::unique_ptr<saved> saved_;
};

}  // namespace lindi::tools
