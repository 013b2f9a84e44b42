#include "failing_source.hpp"

#include <lindi/io/page_source.hpp>

#include <doctest/doctest.h>

namespace lindi::io {
namespace {

using test::slow_source;
using ranges = std::vector<byte_range>;

constexpr std::uint64_t page = 16;

/// Pages of 16 bytes, nothing read ahead, nothing merged but neighbours.
page_options plain()
{
    return {.page_size = page, .capacity = 1000, .merge_gap = 0, .read_ahead = 0, .direct = 100};
}

bytes counting(std::size_t size)
{
    bytes out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = static_cast<std::byte>(i);
    return out;
}

/// A page source over 1000 bytes that count up, and what it asked for below.
struct fixture {
    bytes content = counting(1000);
    slow_source* below;
    page_source pages;

    explicit fixture(page_options options = plain()) : fixture(options, nullptr) {}
    fixture(page_options options, std::unique_ptr<slow_source> from)
        : below(from ? from.get() : new slow_source(content)),
          pages(from ? std::move(from) : std::unique_ptr<source>(below), options)
    {}

    answers fetch(ranges wave)
    {
        answers got;
        pages.fetch(std::move(wave), [&](answers a) { got = std::move(a); });
        return got;
    }
    ranges const& last_wave() const { return below->waves.back(); }
    bool holds(byte_range range) { return pages.resident(range).has_value(); }
};

void check_content(result<block> const& got, byte_range range)
{
    REQUIRE(got.has_value());
    CHECK(got->view.at == range.offset);
    REQUIRE(got->view.size() == range.size);
    for (std::uint64_t i = 0; i < range.size; ++i)
        REQUIRE(got->view.bytes[i] == static_cast<std::byte>(range.offset + i));
}

TEST_CASE("page source: reads whole pages and remembers them")
{
    fixture f;
    CHECK_FALSE(f.holds({20, 4}));
    check_content(f.fetch({{20, 4}})[0], {20, 4});
    CHECK(f.last_wave() == ranges{{16, 16}});
    CHECK(f.holds({16, 16}));
    CHECK_FALSE(f.holds({16, 17}));
    CHECK_FALSE(f.holds({15, 1}));
    check_content(*f.pages.resident({31, 1}), {31, 1});
    CHECK(f.pages.stats().requests == 1);
    CHECK(f.pages.stats().bytes_fetched == 16);
}

TEST_CASE("page source: the last page ends with the file")
{
    fixture f;
    check_content(f.fetch({{999, 1}})[0], {999, 1});
    CHECK(f.last_wave() == ranges{{992, 8}});
    CHECK(f.holds({992, 8}));
    check_content(f.fetch({{970, 30}})[0], {970, 30});
}

TEST_CASE("page source: a range of no bytes needs no page")
{
    fixture f;
    CHECK(f.holds({0, 0}));
    CHECK(f.holds({1000, 0}));
    auto const got = f.fetch({{1000, 0}, {5, 0}});
    CHECK(got[0]->view.size() == 0);
    CHECK(got[1]->view.at == 5);
    CHECK(f.last_wave().empty());
}

TEST_CASE("page source: neighbouring and overlapping ranges of a wave are one read")
{
    fixture f;
    auto const got = f.fetch({{40, 4}, {0, 20}, {18, 4}, {100, 4}});
    CHECK(f.last_wave() == ranges{{0, 48}, {96, 16}});
    check_content(got[0], {40, 4});
    check_content(got[1], {0, 20});
    check_content(got[2], {18, 4});
    check_content(got[3], {100, 4});
}

TEST_CASE("page source: small gaps are read too, larger ones are not")
{
    auto options = plain();
    options.merge_gap = 32;
    fixture f(options);
    f.fetch({{0, 4}, {48, 4}, {112, 4}});  // gaps of two and three pages
    CHECK(f.last_wave() == ranges{{0, 64}, {112, 16}});
    CHECK(f.holds({0, 64}));
}

TEST_CASE("page source: short reads are made longer, as far as the file goes")
{
    auto options = plain();
    options.read_ahead = 64;
    fixture f(options);
    f.fetch({{20, 4}});
    CHECK(f.last_wave() == ranges{{16, 64}});
    f.fetch({{950, 4}});
    CHECK(f.last_wave() == ranges{{944, 56}});
    // What is there is not read again; the read begins behind it.
    f.fetch({{70, 20}});
    CHECK(f.last_wave() == ranges{{80, 64}});
}

TEST_CASE("page source: a wave of many ranges reads ahead no more than it can keep")
{
    auto options = plain();
    options.read_ahead = 64;
    options.capacity = 96;
    fixture f(options);
    f.fetch({{0, 1}, {200, 1}, {400, 1}});  // 32 bytes each
    CHECK(f.last_wave() == ranges{{0, 32}, {192, 32}, {400, 32}});
}

TEST_CASE("page source: a run is not merged to more than the size of a direct read")
{
    auto options = plain();
    options.capacity = 10'000;
    fixture f(options);
    ranges wave;
    for (std::uint64_t at = 0; at < 960; at += page)
        wave.push_back({at, page});
    auto const got = f.fetch(wave);
    std::uint64_t next = 0;
    for (auto const run : f.last_wave()) {
        CHECK(run.offset == next);
        CHECK(run.size <= 100);
        next = run.end();
    }
    CHECK(next == 960);
    for (std::size_t i = 0; i < wave.size(); ++i)
        check_content(got[i], wave[i]);
}

TEST_CASE("page source: a range inside one run is a view of it, one over two runs is copied")
{
    fixture f;
    auto const together = f.fetch({{0, 48}});
    auto const first = f.pages.resident({4, 40});
    CHECK(first->view.bytes.data() == together[0]->view.bytes.data() + 4);

    f.fetch({{48, 16}});
    auto const over = f.pages.resident({40, 20});
    check_content(*over, {40, 20});
    CHECK(over->view.bytes.data() != together[0]->view.bytes.data() + 40);
}

TEST_CASE("page source: long ranges are passed on and not remembered")
{
    fixture f;
    auto const got = f.fetch({{500, 100}, {4, 4}, {0, 1000}});
    CHECK(f.last_wave() == ranges{{0, 16}, {500, 100}, {0, 1000}});
    check_content(got[0], {500, 100});
    check_content(got[1], {4, 4});
    check_content(got[2], {0, 1000});
    CHECK_FALSE(f.holds({512, 16}));
    CHECK_FALSE(f.holds({0, 100}));
}

TEST_CASE("page source: what was used least recently goes first")
{
    auto options = plain();
    options.capacity = 48;
    fixture f(options);
    f.fetch({{0, 1}});
    f.fetch({{100, 1}});
    f.fetch({{200, 1}});
    CHECK(f.holds({0, 1}));  // this is a use
    f.fetch({{300, 1}});
    CHECK(f.holds({0, 1}));
    CHECK_FALSE(f.holds({100, 1}));
    CHECK(f.holds({200, 1}));
    CHECK(f.holds({300, 1}));
}

TEST_CASE("page source: a wave larger than the capacity is answered all the same")
{
    auto options = plain();
    options.capacity = 16;
    fixture f(options);
    auto const got = f.fetch({{0, 90}, {200, 90}});
    check_content(got[0], {0, 90});
    check_content(got[1], {200, 90});
    CHECK_FALSE((f.holds({0, 1}) && f.holds({200, 1})));
}

TEST_CASE("page source: blocks stay readable after their page went")
{
    auto options = plain();
    options.capacity = 16;
    fixture f(options);
    auto const kept = f.fetch({{0, 16}});
    f.fetch({{100, 16}});
    f.fetch({{200, 16}});
    CHECK_FALSE(f.holds({0, 16}));
    check_content(kept[0], {0, 16});
}

TEST_CASE("page source: a run that fails costs its ranges only, which get its error")
{
    for (auto const how : {test::failure::timed_out, test::failure::cut_short}) {
        auto const content = counting(1000);
        fixture f(plain(), std::make_unique<test::failing_source>(content, 1, how));
        auto const got = f.fetch({{0, 4}, {200, 4}, {400, 4}, {190, 30}});
        check_content(got[0], {0, 4});
        check_content(got[2], {400, 4});
        for (std::size_t const i : {1u, 3u}) {
            REQUIRE(got[i].has_error());
            if (how == test::failure::timed_out)
                CHECK(got[i].error().code() == std::errc::timed_out);
            else
                CHECK(got[i].error().code() == errc::io);
            CHECK(got[i].error().at() == 176);
        }
        // It is asked for again the next time.
        check_content(f.fetch({{200, 4}})[0], {200, 4});
    }
}

TEST_CASE("page source: a long range that fails costs nobody else")
{
    auto const content = counting(1000);
    fixture f(
        plain(), std::make_unique<test::failing_source>(content, 1, test::failure::cut_short)
    );
    auto const got = f.fetch({{500, 100}, {500, 4}});
    CHECK(got[0].error().code() == errc::io);
    check_content(got[1], {500, 4});
}

/// Answers when it is told to, and has its first bytes at hand.
class late_source final : public slow_source {
public:
    explicit late_source(std::span<std::byte const> content) : slow_source(content) {}

    std::uint64_t at_hand = 0;
    read_cost price{};

    std::optional<block> resident(byte_range range) override
    {
        return range.end() <= at_hand ? std::optional(*answer(range)) : std::nullopt;
    }
    read_cost cost() const noexcept override { return price; }
    void fetch(std::vector<byte_range> wave, on_answers done) override
    {
        waves.push_back(wave);
        running.push_back([this, wave, done = std::move(done)] { done(answers_to(wave)); });
    }

    std::vector<std::function<void()>> running;
};

struct late_fixture {
    bytes content = counting(1000);
    late_source* below = new late_source(content);
    page_source pages;

    explicit late_fixture(page_options options = plain())
        : pages(std::unique_ptr<source>(below), options)
    {}
    void start(ranges wave, answers& got)
    {
        pages.fetch(std::move(wave), [&got](answers a) { got = std::move(a); });
    }
};

TEST_CASE("page source: what a wave relies on stays until it ends, whatever other waves bring")
{
    auto options = plain();
    options.capacity = 32;
    late_fixture f(options);
    answers first, large, over_both;
    f.start({{0, 4}}, first);
    f.below->running[0]();
    f.start({{200, 90}}, large);
    f.start({{8, 16}}, over_both);
    CHECK(f.below->waves.back() == ranges{{16, 16}});
    f.below->running[1]();
    CHECK_FALSE(f.pages.resident({0, 4}).has_value());
    f.below->running[2]();
    check_content(large[0], {200, 90});
    check_content(over_both[0], {8, 16});
}

TEST_CASE("page source: pages that the source below has at hand are not asked for")
{
    late_fixture f;
    f.below->at_hand = 40;
    answers got;
    f.start({{20, 20}, {24, 20}}, got);
    CHECK(f.below->waves.back() == ranges{{32, 16}});
    f.below->running[0]();
    check_content(got[0], {20, 20});
    check_content(got[1], {24, 20});
    check_content(*f.pages.resident({0, 48}), {0, 48});
}

TEST_CASE("page source: a file worth a few round trips is read whole, once")
{
    auto options = plain();
    options.direct = 400;
    late_fixture f(options);
    f.below->at_hand = 32;
    f.below->price.round_trip = 249;
    answers got;
    f.start({{500, 4}}, got);
    CHECK(f.below->waves.back() == ranges{{496, 16}});
    f.below->running[0]();
    f.below->price.round_trip = 250;
    f.start({{700, 4}}, got);
    CHECK(f.below->waves.back() == ranges{{32, 400}, {432, 400}, {832, 168}});
    f.below->running[1]();
    check_content(got[0], {700, 4});
    check_content(*f.pages.resident({380, 399}), {380, 399});
}

}  // namespace
}  // namespace lindi::io
