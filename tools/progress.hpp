/// \file
/// One line on the terminal that says how far a long run has come.

#pragma once

#include "environment.hpp"

#include <chrono>
#include <cstdint>

namespace lindi::tools {

/// Shows nothing for the first two seconds, nor when `err` is not a terminal.
class progress_line {
public:
    explicit progress_line(environment& env) noexcept;
    ~progress_line() { clear(); }
    progress_line(progress_line const&) = delete;
    progress_line& operator=(progress_line const&) = delete;

    void show(std::uint64_t count, char const* what);
    /// Takes the line away, so that other messages may follow.
    void clear();

private:
    using clock = std::chrono::steady_clock;

    environment* env_;
    clock::time_point next_;
    bool shown_ = false;
};

}  // namespace lindi::tools
