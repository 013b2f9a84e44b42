/// \file
/// Ctrl-C and its like, while there is something to tidy up.

#pragma once

#include <lindi/io/reader.hpp>

namespace lindi::tools {

/// As long as it lives, SIGINT, SIGTERM and SIGHUP cancel the reads of a reader instead of ending
/// the program. A second one ends it. One at a time.
class interrupt_guard {
public:
    /// \param reader  outlives the guard
    explicit interrupt_guard(io::reader& reader);
    ~interrupt_guard();
    interrupt_guard(interrupt_guard const&) = delete;
    interrupt_guard& operator=(interrupt_guard const&) = delete;

    /// The signal that came, or 0.
    static int received() noexcept;

private:
    struct saved;
    std::unique_ptr<saved> saved_;
};

}  // namespace lindi::tools
