#include "run.hpp"

#include <lindi/io/joined_source.hpp>
#include <lindi/io/memory_source.hpp>

#include <doctest/doctest.h>

using namespace lindi;

namespace {

bytes bytes_of(std::string_view text)
{
    return {as_bytes(text).begin(), as_bytes(text).end()};
}

std::unique_ptr<io::source> memory(std::string name, std::string_view text)
{
    return std::make_unique<io::memory_source>(std::move(name), bytes_of(text));
}

std::string read(io::source& from, io::byte_range range)
{
    test::run_on on(from);
    auto const work = [](io::reader& r, io::byte_range wanted) -> task<result<block>> {
        co_return co_await r.read(wanted);
    };
    auto const got = on.run(work(on.reader(), range));
    if (!got)
        return got.error().message();
    CHECK(got->view.at == range.offset);
    return std::string(as_text(got->view.bytes));
}

}  // namespace

TEST_CASE("joined source: each file has addresses of its own")
{
    std::vector<std::string> opened;
    io::joined_source all(
        "all",
        [&](std::string const& name) -> result<std::unique_ptr<io::source>> {
            opened.push_back(name);
            if (name == "missing")
                return error(errc::not_found, error::nowhere, "file");
            return memory(name, "content of " + name);
        }
    );
    CHECK(all.add(memory("first", "0123456789")) == 0);
    auto const a = all.add(std::string("a")).value();
    auto const missing = all.add(std::string("missing")).value();
    CHECK(all.add(std::string("a")).value() == a);
    CHECK(opened.empty());
    CHECK(read(all, {2, 3}) == "234");
    CHECK(read(all, {a, 9}) == "content o");
    CHECK(read(all, {a + 11, 1}) == "a");
    CHECK(opened == std::vector<std::string>{"a"});
    CHECK(all.size_of(a + 5).value() == 12);
    CHECK(read(all, {a + 11, 2}).find("a: file") != std::string::npos);
    CHECK(read(all, {missing, 1}).find("missing: file: not found") != std::string::npos);
    CHECK(read(all, {8, 3}).find("first") != std::string::npos);
    CHECK(all.describe(a + 5) == "a at 5");
}

TEST_CASE("joined source: one wave asks all its files, and one of them may fail")
{
    io::joined_source all(
        "all",
        [](std::string const& name) -> result<std::unique_ptr<io::source>> {
            if (name == "bad")
                return error(errc::io, error::nowhere, "file");
            return memory(name, name + name);
        }
    );
    auto const x = all.add(std::string("x")).value();
    auto const bad = all.add(std::string("bad")).value();
    auto const y = all.add(std::string("y")).value();
    test::run_on on(all);
    auto const work = [](io::reader& r, std::vector<io::byte_range> wanted) -> task<io::answers> {
        co_return co_await r.read_each(std::move(wanted));
    };
    auto const got = on.run(work(on.reader(), {{x, 2}, {bad, 1}, {y + 1, 1}}));
    CHECK(on.stats().waves == 1);
    CHECK(as_text(got[0]->view.bytes) == "xx");
    CHECK(got[1].error().code() == errc::io);
    CHECK(as_text(got[2]->view.bytes) == "y");
}

TEST_CASE("joined source: no more files than allowed are open, and closed ones open again")
{
    int open_now = 0, most = 0, opened = 0;
    struct counted final : io::source {
        counted(int& count, std::unique_ptr<io::source> from)
            : count_(count), from_(std::move(from))
        {}
        ~counted() override { --count_; }
        std::string const& name() const noexcept override { return from_->name(); }
        std::uint64_t size() const noexcept override { return from_->size(); }
        std::optional<block> resident(io::byte_range) override { return std::nullopt; }
        void fetch(std::vector<io::byte_range> wave, io::on_answers done) override
        {
            from_->fetch(std::move(wave), std::move(done));
        }
        io::source_stats stats() const noexcept override { return {1, 0}; }
        int& count_;
        std::unique_ptr<io::source> from_;
    };
    io::joined_source all(
        "all",
        [&](std::string const& name) -> result<std::unique_ptr<io::source>> {
            most = std::max(most, ++open_now);
            ++opened;
            return std::make_unique<counted>(open_now, memory(name, name));
        },
        2
    );
    std::vector<std::uint64_t> places;
    for (auto const* name : {"a", "b", "c"})
        places.push_back(all.add(std::string(name)).value());
    for (int round = 0; round < 2; ++round)
        for (std::size_t i = 0; i < 3; ++i)
            CHECK(read(all, {places[i], 1}) == std::string(1, static_cast<char>('a' + i)));
    CHECK(most == 2);
    CHECK(opened == 6);
    CHECK(all.stats().requests == 6);
}
