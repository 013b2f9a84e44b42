/// \file
/// What could not be said in a LINDI file, in words for users.

#pragma once

#include <lindi/core/error.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lindi::rfs {

/// A list that does not grow for ever: hostile files have a problem in every attribute.
class problem_list {
public:
    explicit problem_list(bool strict) : strict_(strict) {}

    /// "path: what". Bytes that are no UTF-8 become "\xHH" in `path` and in whole lines.
    void add(std::string_view path, std::string_view what);
    void add(std::string const& line);

    /// The lines; beyond the first 10,000 only their number, in a last line.
    std::vector<std::string> lines() const;
    /// Whether writing may go on: nothing happened, or problems are allowed.
    bool go_on() const noexcept { return !strict_ || lines_.empty(); }
    /// The first problem as an error. \pre !go_on()
    error failure() const;

private:
    static constexpr std::size_t most = 10'000;

    bool strict_;
    std::vector<std::string> lines_;
    std::uint64_t more_ = 0;
};

}  // namespace lindi::rfs
