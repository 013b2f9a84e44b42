/// \file
/// A source of which one read fails: walks must come back with that error, or go on without those
/// bytes.

#pragma once

#include "slow_source.hpp"

namespace lindi::test {

enum class failure {
    timed_out,  ///< std::errc::timed_out
    cut_short,  ///< one byte less than was asked for
};

class failing_source : public slow_source {
public:
    /// \param failing  number of the range that fails, counted from 0 in the order of asking
    failing_source(std::span<std::byte const> content, std::uint64_t failing, failure how)
        : slow_source(content), failing_(failing), how_(how)
    {}

    /// Whether the walk came so far.
    bool has_failed() const noexcept { return asked_ > failing_; }

protected:
    result<block> answer(io::byte_range range) override
    {
        if (asked_++ != failing_)
            return slow_source::answer(range);
        if (how_ == failure::timed_out)
            return error(std::make_error_code(std::errc::timed_out), range.offset, "file");
        auto cut = slow_source::answer(range);
        cut->view = cut->view.sub(0, cut->view.size() - 1);
        return cut;
    }

private:
    std::uint64_t failing_;
    failure how_;
    std::uint64_t asked_ = 0;
};

}  // namespace lindi::test
