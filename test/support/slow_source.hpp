/// \file
/// A source whose bytes are never there already, and which remembers what it was asked for.

#pragma once

#include <lindi/io/source.hpp>

#include <memory>
#include <string>
#include <vector>

namespace lindi::test {

class slow_source : public io::source {
public:
    /// \param content  kept alive by the caller
    explicit slow_source(std::span<std::byte const> content) : content_(content) {}

    std::string const& name() const noexcept override { return name_; }
    std::uint64_t size() const noexcept override { return content_.size(); }
    std::optional<block> resident(io::byte_range) override { return std::nullopt; }
    void fetch(std::vector<io::byte_range> wave, io::on_answers done) override
    {
        waves.push_back(wave);
        done(answers_to(wave));
    }
    io::source_stats stats() const noexcept override { return stats_; }

    std::vector<std::vector<io::byte_range>> waves;  ///< as they came

protected:
    io::answers answers_to(std::vector<io::byte_range> const& wave)
    {
        io::answers out;
        for (auto const range : wave)
            out.push_back(answer(range));
        return out;
    }
    /// Every block is a copy of its own, so that a sanitizer sees a step past it.
    virtual result<block> answer(io::byte_range range)
    {
        ++stats_.requests;
        stats_.bytes_fetched += range.size;
        auto const offset = static_cast<std::size_t>(range.offset);
        auto const part = content_.subspan(offset, static_cast<std::size_t>(range.size));
        auto const copy = std::make_shared<bytes const>(part.begin(), part.end());
        return block{copy, {*copy, range.offset}};
    }

private:
    std::string name_ = "sample.h5";
    std::span<std::byte const> content_;
    io::source_stats stats_;
};

}  // namespace lindi::test
