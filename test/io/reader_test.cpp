#include "chopped_source.hpp"
#include "failing_source.hpp"
#include "run.hpp"

#include <lindi/io/memory_source.hpp>
#include <lindi/io/reader.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <thread>

namespace lindi::io {
namespace {

using test::run_on;
using test::slow_source;

/// 1000 bytes; byte i says where a chain goes on: 10 bytes further, to the end.
bytes chain_content()
{
    bytes out(1000);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::byte>(i);
    return out;
}

task<result<std::uint8_t>> read_byte(reader& file, std::uint64_t offset)
{
    auto const b = co_await file.read({offset, 1});
    if (!b)
        co_return b.error();
    co_return std::to_integer<std::uint8_t>(b->view.bytes[0]);
}

/// Reads `length` bytes, each only when the one before is known. \return their number
task<result<int>> follow(reader& file, std::uint64_t from, int length)
{
    for (int i = 0; i < length; ++i) {
        auto const next = co_await read_byte(file, from + static_cast<std::uint64_t>(i));
        if (!next)
            co_return next.error();
    }
    co_return length;
}

TEST_CASE("reader: what is resident is read without a wave")
{
    memory_source from("sample", chain_content());
    run_on r(from);
    CHECK(*r.run(follow(r.reader(), 0, 100)) == 100);
    CHECK(r.stats().waves == 0);
    CHECK(r.stats().reads == 100);
    CHECK(r.stats().resident == 100);
    CHECK(r.stats().bytes_used == 100);
    CHECK(r.reader().size() == 1000);
    CHECK(r.reader().name() == "sample");
}

TEST_CASE("reader: waves are the length of the longest chain, not the number of reads")
{
    auto const content = chain_content();
    slow_source from(content);
    run_on r(from);
    std::vector<task<result<int>>> chains;
    for (int length = 1; length <= 7; ++length)
        chains.push_back(follow(r.reader(), static_cast<std::uint64_t>(100 * length), length));
    auto const lengths = r.run(when_all(std::move(chains)));
    CHECK(*lengths.back() == 7);
    CHECK(r.stats().waves == 7);
    CHECK(r.stats().reads == 1 + 2 + 3 + 4 + 5 + 6 + 7);
    CHECK(r.stats().resident == 0);
    CHECK(r.stats().source.requests == 28);
    for (std::size_t i = 0; i < 7; ++i)
        CHECK(from.waves[i].size() == 7 - i);
}

task<void> spread(reader& file, task_group& group, std::uint64_t offset, int depth, int& found)
{
    auto const b = co_await read_byte(file, offset);
    if (b)
        ++found;
    if (depth == 0)
        co_return;
    for (std::uint64_t i = 0; i < 3; ++i)
        group.spawn(spread(file, group, offset + i, depth - 1, found));
}

task<void> spread_from(reader& file, int depth, int& found)
{
    task_group group(file.loop());
    group.spawn(spread(file, group, 0, depth, found));
    co_await group.join();
}

TEST_CASE("reader: spawned tasks of one level share a wave")
{
    auto const content = chain_content();
    slow_source from(content);
    run_on r(from);
    int found = 0;
    r.run(spread_from(r.reader(), 4, found));
    CHECK(found == 1 + 3 + 9 + 27 + 81);
    CHECK(r.stats().waves == 5);
    CHECK(from.waves.back().size() == 81);
}

TEST_CASE("reader: spawned tasks that never wait finish too")
{
    memory_source from("sample", chain_content());
    run_on r(from);
    int found = 0;
    r.run(spread_from(r.reader(), 4, found));
    CHECK(found == 121);
}

TEST_CASE("reader: read_many is one wave, in order; what is resident does not wait")
{
    auto const content = chain_content();
    auto const read = [](reader& file,
                         std::vector<byte_range> ranges) -> task<result<std::vector<block>>> {
        co_return co_await file.read_many(std::move(ranges));
    };
    slow_source from(content);
    run_on r(from);
    std::vector<byte_range> const ranges{{500, 10}, {0, 1}, {1000, 0}, {999, 1}};
    auto const blocks = r.run(read(r.reader(), ranges));
    REQUIRE(blocks.has_value());
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        CHECK((*blocks)[i].view.at == ranges[i].offset);
        CHECK((*blocks)[i].view.size() == ranges[i].size);
    }
    CHECK(r.stats().waves == 1);
    CHECK(r.stats().bytes_used == 12);

    CHECK(r.run(read(r.reader(), {}))->empty());
    CHECK(r.stats().waves == 1);
}

TEST_CASE("reader: read_many fails with the first error, read_each tells of each range")
{
    auto const content = chain_content();
    auto const many = [](reader& file) -> task<result<std::vector<block>>> {
        std::vector<byte_range> ranges{{0, 1}, {999, 2}, {1001, 1}};
        co_return co_await file.read_many(std::move(ranges));
    };
    slow_source from(content);
    run_on r(from);
    auto const failed = r.run(many(r.reader()));
    REQUIRE(failed.has_error());
    CHECK(failed.error().at() == 999);

    auto const each = r.run(r.reader().read_each({{0, 1}, {999, 2}, {5, 5}}));
    REQUIRE(each.size() == 3);
    CHECK(each[0].has_value());
    CHECK(each[1].error().code() == errc::truncated);
    CHECK(each[2]->view.at == 5);
}

TEST_CASE("reader: ranges past the end of the file are refused before anybody is asked")
{
    auto const content = chain_content();
    slow_source from(content);
    run_on r(from);
    constexpr auto most = ~std::uint64_t{0};
    for (auto const range :
         {byte_range{1000, 1},
          byte_range{0, 1001},
          byte_range{most, 1},
          byte_range{2, most},
          byte_range{most, most}}) {
        auto const got = r.run(r.reader().read_each({range}));
        REQUIRE(got[0].has_error());
        CHECK(got[0].error().code() == errc::truncated);
        CHECK(got[0].error().detail() == "it ends at byte 1000");
    }
    CHECK(from.waves.empty());
}

TEST_CASE("reader: bytes are spent from the budget")
{
    memory_source from("sample", chain_content());
    limits max;
    max.bytes_read = 30;
    run_on r(from, max);
    auto const read = r.run(follow(r.reader(), 0, 31));
    REQUIRE(read.has_error());
    CHECK(read.error().code() == errc::too_large);
    CHECK(read.error().at() == 30);
    CHECK(r.stats().bytes_used == 30);
}

TEST_CASE("reader: no range is larger than the limit on memory")
{
    memory_source from("sample", chain_content());
    limits max;
    max.memory = 100;
    run_on r(from, max);
    CHECK(r.run(r.reader().read_each({{0, 100}}))[0].has_value());
    CHECK(r.run(r.reader().read_each({{0, 101}}))[0].error().code() == errc::too_large);
}

TEST_CASE("reader: when time runs out, what waits fails")
{
    auto const content = chain_content();
    slow_source from(content);
    limits max;
    max.time = std::chrono::milliseconds(1);
    run_on r(from, max);
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    auto const got = r.run(r.reader().read_each({{0, 1}, {1, 1}}));
    for (auto const& answer : got)
        CHECK(answer.error().detail() == "limit on time, 1 ms");
    CHECK(from.waves.empty());
}

/// Cancels its reader when it is asked for the n-th wave.
class cancelling_source : public slow_source {
public:
    cancelling_source(std::span<std::byte const> content, int n) : slow_source(content), left_(n) {}

    void fetch(std::vector<byte_range> wave, on_answers done) override
    {
        if (--left_ == 0)
            file->cancel();
        slow_source::fetch(std::move(wave), std::move(done));
    }
    reader* file = nullptr;

private:
    int left_;
};

TEST_CASE("reader: after cancel, waiting and later reads fail, resident ones too")
{
    auto const content = chain_content();
    cancelling_source from(content, 2);
    run_on r(from);
    from.file = &r.reader();
    std::vector<task<result<int>>> chains;
    for (int length = 1; length <= 4; ++length)
        chains.push_back(follow(r.reader(), static_cast<std::uint64_t>(100 * length), length));
    auto const lengths = r.run(when_all(std::move(chains)));
    CHECK(lengths[0].has_value());
    CHECK(lengths[1].has_value());
    CHECK(lengths[2].error().code() == errc::cancelled);
    CHECK(lengths[3].error().code() == errc::cancelled);
    CHECK(from.waves.size() == 2);

    memory_source here("sample", chain_content());
    run_on second(here);
    second.reader().cancel();
    CHECK(second.run(follow(second.reader(), 0, 1)).error().code() == errc::cancelled);
}

TEST_CASE("reader: what waits when cancel comes is not sent")
{
    auto const content = chain_content();
    slow_source from(content);
    run_on r(from);
    auto const read_and_cancel = [](reader& file) -> task<void> {
        file.cancel();
        co_return;
    };
    std::vector<task<result<int>>> chains;
    chains.push_back(follow(r.reader(), 0, 1));
    auto const both = [](task<std::vector<result<int>>> reads,
                         task<void> then) -> task<result<int>> {
        std::vector<task<void>> last;
        auto const keep = [](task<std::vector<result<int>>> work, result<int>& to) -> task<void> {
            auto got = co_await work;
            to = got[0];
        };
        result<int> out = 0;
        last.push_back(keep(std::move(reads), out));
        last.push_back(std::move(then));
        co_await when_all(std::move(last));
        co_return out;
    };
    auto const got = r.run(both(when_all(std::move(chains)), read_and_cancel(r.reader())));
    CHECK(got.error().code() == errc::cancelled);
    CHECK(from.waves.empty());
}

TEST_CASE("reader: each read fails once, and the others are read")
{
    auto const content = chain_content();
    for (auto const how : {test::failure::timed_out, test::failure::cut_short}) {
        std::uint64_t failing = 0;
        for (;; ++failing) {
            CAPTURE(failing);
            test::failing_source from(content, failing, how);
            run_on r(from);
            int found = 0;
            r.run(spread_from(r.reader(), 2, found));
            if (!from.has_failed())
                break;
            CHECK(found == 12);
        }
        CHECK(failing == 13);
    }
}

TEST_CASE("reader: a source that answers late and in another order changes nothing")
{
    auto const content = chain_content();
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        test::chopped_source from(content, seed);
        run_on r(from);
        int found = 0;
        r.run(spread_from(r.reader(), 4, found));
        CHECK(found == 121);
        CHECK(r.stats().waves <= 5);
        CHECK(r.stats().reads == 121);
    }
}

TEST_CASE("reader: patches stand in for the bytes of the source, resident, late and in part")
{
    auto const content = chain_content();
    auto const patch = std::make_shared<bytes const>(4, std::byte{0xee});
    auto const text_of = [](result<block> const& b) { return std::string(as_text(b->view.bytes)); };
    memory_source here("sample", std::span<std::byte const>(content));
    slow_source late(content);
    for (source* from : {static_cast<source*>(&here), static_cast<source*>(&late)}) {
        run_on r(*from);
        r.reader().patch({patch, {*patch, 0x30}});
        auto const got = r.run(r.reader().read_each({{0x30, 4}, {0x2e, 4}, {0x40, 2}}));
        CHECK(text_of(got[0]) == "\xee\xee\xee\xee");
        CHECK(text_of(got[1]) == "\x2e\x2f\xee\xee");
        CHECK(text_of(got[2]) == "\x40\x41");
    }
    // What lies in a patch needs no read.
    REQUIRE(late.waves.size() == 1);
    CHECK(late.waves[0].size() == 2);
}

TEST_CASE("reader: a source that answers with other bytes is an error")
{
    auto const content = chain_content();
    test::failing_source from(content, 0, test::failure::cut_short);
    run_on r(from);
    auto const got = r.run(r.reader().read_each({{10, 5}}));
    CHECK(got[0].error().code() == errc::io);
    CHECK(got[0].error().at() == 10);
}

TEST_CASE("reader: what a wave brings is bounded; the latest reads go first")
{
    auto const content = chain_content();
    slow_source from(content);
    run_on r(from);
    std::vector<byte_range> ranges(20'000, byte_range{0, 1});
    ranges.back().offset = 7;
    auto const got = r.run(r.reader().read_each(std::move(ranges)));
    CHECK(got.size() == 20'000);
    REQUIRE(from.waves.size() == 3);
    CHECK(from.waves[0].size() == 8192);
    CHECK(from.waves[0].back().offset == 7);
    CHECK(from.waves[2].size() == 20'000 - 2 * 8192);

    bytes const large(std::size_t{48} << 20);
    slow_source of_large(large);
    run_on second(of_large);
    second.run(second.reader().read_each({{0, large.size()}, {0, large.size()}}));
    CHECK(of_large.waves.size() == 2);
}

class remembering_source final : public slow_source {
public:
    using slow_source::slow_source;
    bool remembers() const noexcept override { return true; }
};

TEST_CASE("reader: what is expected comes along with the next wave, where it is remembered")
{
    auto const content = chain_content();
    remembering_source from(content);
    run_on r(from);
    r.reader().expect({500, 10});
    r.reader().expect({999, 2});  // past the end: nobody is asked, nothing fails
    CHECK(from.waves.empty());
    CHECK(*r.run(follow(r.reader(), 3, 2)) == 2);
    REQUIRE(from.waves.size() == 2);
    CHECK(from.waves[0] == std::vector<byte_range>{{3, 1}, {500, 10}});
    CHECK(from.waves[1] == std::vector<byte_range>{{4, 1}});
    CHECK(r.stats().reads == 2);

    slow_source forgetful(content);
    run_on other(forgetful);
    other.reader().expect({500, 10});
    CHECK(*other.run(follow(other.reader(), 3, 1)) == 1);
    CHECK(forgetful.waves[0] == std::vector<byte_range>{{3, 1}});
}

TEST_CASE("reader: an observer sees every read, and the waves with what they are for")
{
    struct observer final : read_observer {
        void on_read(wanted_range const& wanted) override { reads.push_back(wanted); }
        void on_wave(std::vector<wanted_range> const& wanted) override { waves.push_back(wanted); }
        std::vector<wanted_range> reads{};
        std::vector<std::vector<wanted_range>> waves{};
    } seen;
    auto const content = chain_content();
    slow_source from(content);
    run_on r(from);
    r.reader().observe(&seen);
    r.run(r.reader().read_each({{0, 1}, {5, 2}}, "superblock"));
    r.run(r.reader().read_each({{content.size(), 1}}, "past the end"));
    r.reader().observe(nullptr);
    r.run(r.reader().read_each({{0, 1}}, "unseen"));
    REQUIRE(seen.reads.size() == 2);
    REQUIRE(seen.waves.size() == 1);
    REQUIRE(seen.waves[0].size() == 2);
    CHECK(seen.waves[0][1].range == byte_range{5, 2});
    CHECK(seen.waves[0][1].what == std::string_view("superblock"));
    CHECK(r.reader().stats().waited.count() > 0);
}

TEST_CASE("reader: a task that nobody will resume is a bug, and says so")
{
    memory_source from("sample", chain_content());
    run_on r(from);
    auto const stuck = []() -> task<void> { co_await std::suspend_always(); };
    CHECK_THROWS_AS(r.run(stuck()), std::logic_error);
}

TEST_CASE("reader: exceptions of a task come out of run")
{
    memory_source from("sample", chain_content());
    run_on r(from);
    auto const throws = [](reader& file) -> task<void> {
        auto const b = co_await file.read({0, 1});
        if (b)
            throw std::runtime_error("why");
    };
    CHECK_THROWS_WITH(r.run(throws(r.reader())), "why");
}

}  // namespace
}  // namespace lindi::io
