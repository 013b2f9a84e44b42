/// \file
/// A source that has some bytes at once and others late: what is read must not depend on it.

#pragma once

#include "slow_source.hpp"

#include <utility>

namespace lindi::test {

class chopped_source : public slow_source {
public:
    /// \param seed  decides which ranges are there at once
    chopped_source(std::span<std::byte const> content, std::uint64_t seed)
        : slow_source(content), seed_(seed)
    {}

    std::optional<block> resident(io::byte_range range) override
    {
        // A multiplicative hash: its highest bits depend on all bits of the range.
        auto const mixed = (range.offset * 31 + range.size + seed_) * 0x9e3779b97f4a7c15;
        if (mixed >> 62 != 0)
            return std::nullopt;
        return *answer(range);
    }
    void fetch(std::vector<io::byte_range> wave, io::on_answers done) override
    {
        waves.push_back(wave);
        late_.emplace_back(std::move(wave), std::move(done));
    }
    /// Answers the latest wave first.
    void wait() override
    {
        auto [wave, done] = std::move(late_.back());
        late_.pop_back();
        done(answers_to(wave));
    }

private:
    std::uint64_t seed_;
    std::vector<std::pair<std::vector<io::byte_range>, io::on_answers>> late_;
};

}  // namespace lindi::test
