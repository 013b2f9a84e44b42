#include "scratch_folder.hpp"

#include <lindi/cache/cached_source.hpp>
#include <lindi/io/memory_source.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::cache;
using io::byte_range;

namespace {

constexpr std::uint64_t file_size = 500'000;

bytes content()
{
    bytes out(file_size);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::byte>(i * 2654435761U >> 13);
    return out;
}

/// Counts what reaches it; fails while `is_down`.
class slow_source final : public io::source {
public:
    explicit slow_source(std::vector<byte_range>& seen, bool is_down = false)
        : memory_("memory", content()), seen_(&seen), is_down_(is_down)
    {}
    std::string const& name() const noexcept override { return memory_.name(); }
    std::uint64_t size() const noexcept override { return file_size; }
    std::optional<block> resident(byte_range) override { return std::nullopt; }
    void fetch(std::vector<byte_range> wave, io::on_answers done) override
    {
        seen_->insert(seen_->end(), wave.begin(), wave.end());
        if (is_down_)
            return done(io::answers(wave.size(), error(errc::io, 0, "server")));
        memory_.fetch(std::move(wave), std::move(done));
    }
    io::source_stats stats() const noexcept override { return {}; }
    io::read_cost cost() const noexcept override { return {1000}; }

private:
    io::memory_source memory_;
    std::vector<byte_range>* seen_;
    bool is_down_;
};

io::answers read(io::source& from, std::vector<byte_range> wave)
{
    io::answers out;
    from.fetch(std::move(wave), [&](io::answers got) { out = std::move(got); });
    return out;
}

bool is_right(result<block> const& got, byte_range range)
{
    auto const all = content();
    auto const expected = std::span(all).subspan(range.offset, range.size);
    return got && got->view.at == range.offset && got->view.size() == range.size &&
           std::equal(expected.begin(), expected.end(), got->view.bytes.begin());
}

}  // namespace

TEST_CASE("cached source: misses are merged and kept, hits need no request")
{
    test::scratch_folder const folder;
    auto const in = *store::open(folder.path().string(), {});
    std::vector<byte_range> seen;
    std::vector<byte_range> const wave = {{2000, 10}, {1000, 10}, {100'000, 10}, {0, 0}};
    cached_source first(std::make_unique<slow_source>(seen), in, {"c"}, "name", file_size);
    auto const cold = read(first, wave);
    CHECK(seen == std::vector<byte_range>{{1000, 1010}, {100'000, 10}});
    CHECK(first.cache_stats().misses == 3);

    seen.clear();
    cached_source second(std::make_unique<slow_source>(seen), in, {"c"}, "name", file_size);
    auto const warm = read(second, wave);
    CHECK(seen.empty());
    CHECK(second.cache_stats().hits == 3);
    CHECK(is_right(read(second, {{1500, 100}})[0], {1500, 100}));
    CHECK(seen.empty());
    for (std::size_t i = 0; i < wave.size(); ++i) {
        CHECK(is_right(cold[i], wave[i]));
        CHECK(is_right(warm[i], wave[i]));
    }
}

TEST_CASE("cached source: other content under the same name is not found")
{
    test::scratch_folder const folder;
    auto const in = *store::open(folder.path().string(), {});
    std::vector<byte_range> seen;
    cached_source first(std::make_unique<slow_source>(seen), in, {"version 1"}, "name", file_size);
    read(first, {{0, 10}});
    cached_source second(std::make_unique<slow_source>(seen), in, {"version 2"}, "name", file_size);
    read(second, {{0, 10}});
    CHECK(seen.size() == 2);
}

TEST_CASE("cached source: errors are passed on and not kept")
{
    test::scratch_folder const folder;
    auto const in = *store::open(folder.path().string(), {});
    std::vector<byte_range> seen;
    cached_source down(std::make_unique<slow_source>(seen, true), in, {"c"}, "name", file_size);
    CHECK(read(down, {{0, 10}})[0].error().code() == errc::io);
    CHECK(in->totals().ranges == 0);
}

TEST_CASE("cached source: without a source below, only what is cached can be read")
{
    test::scratch_folder const folder;
    auto const in = *store::open(folder.path().string(), {});
    std::vector<byte_range> seen;
    cached_source online(std::make_unique<slow_source>(seen), in, {"c"}, "name", file_size);
    read(online, {{0, 10}});
    cached_source offline(nullptr, in, {"c"}, "name", file_size);
    auto const got = read(offline, {{0, 10}, {100, 10}});
    CHECK(is_right(got[0], {0, 10}));
    CHECK(got[1].error().code() == errc::not_found);
    CHECK(offline.stats().requests == 0);
}
