#include "scratch_folder.hpp"

#include <lindi/cache/store.hpp>

#include <doctest/doctest.h>

#include <array>
#include <csignal>
#include <fstream>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace lindi;
using namespace lindi::cache;
using io::byte_range;

namespace {

/// The byte at an offset of a content: everybody can tell a wrong one.
std::byte byte_at(unsigned content, std::uint64_t offset)
{
    return static_cast<std::byte>((offset * 2654435761U + content * 40503U) >> 11);
}

block make(unsigned content, byte_range range)
{
    auto bytes = std::make_shared<std::vector<std::byte>>(range.size);
    for (std::size_t i = 0; i < range.size; ++i)
        (*bytes)[i] = byte_at(content, range.offset + i);
    return {bytes, {*bytes, range.offset}};
}

bool is_right(block const& b, unsigned content, byte_range range)
{
    if (b.view.at != range.offset || b.view.size() != range.size)
        return false;
    for (std::size_t i = 0; i < range.size; ++i)
        if (b.view.bytes[i] != byte_at(content, range.offset + i))
            return false;
    return true;
}

content_key key_of(unsigned content)
{
    return {"content " + std::to_string(content)};
}

std::shared_ptr<store> open(std::string const& folder, store_options options = {})
{
    auto made = store::open(folder, std::move(options));
    REQUIRE_MESSAGE(made.has_value(), made.error().message());
    return *made;
}

}  // namespace

TEST_CASE("cache: ranges, their parts and neighbouring ranges together are found again")
{
    test::scratch_folder const folder;
    auto const in = open(folder.path().string());
    in->keep(key_of(1), make(1, {1000, 200'000}));
    in->keep(key_of(1), make(1, {201'000, 50}));
    for (auto const range :
         {byte_range{1000, 200'000},
          byte_range{1000, 1},
          byte_range{65'530, 12},
          byte_range{150'000, 51'050},
          byte_range{201'049, 1}}) {
        CAPTURE(range.offset);
        auto const found = in->find(key_of(1), range);
        REQUIRE(found.has_value());
        CHECK(is_right(*found, 1, range));
    }
    CHECK_FALSE(in->find(key_of(1), {999, 2}).has_value());
    CHECK_FALSE(in->find(key_of(1), {201'049, 2}).has_value());
    CHECK_FALSE(in->find(key_of(2), {1000, 1}).has_value());
    CHECK(in->totals().bytes == 200'050);
    CHECK(in->totals().files == 1);
}

TEST_CASE("cache: overlapping ranges do not hide each other")
{
    test::scratch_folder const folder;
    auto const in = open(folder.path().string());
    in->keep(key_of(1), make(1, {0, 1000}));
    in->keep(key_of(1), make(1, {100, 10}));
    in->keep(key_of(1), make(1, {100, 20}));
    auto const found = in->find(key_of(1), {50, 900});
    REQUIRE(found.has_value());
    CHECK(is_right(*found, 1, {50, 900}));
}

TEST_CASE("cache: it outlives the process, keeping twice counts once")
{
    test::scratch_folder const folder;
    for (int i = 0; i < 2; ++i)
        open(folder.path().string())->keep(key_of(1), make(1, {0, 5000}));
    auto const in = open(folder.path().string());
    CHECK(in->totals().bytes == 5000);
    CHECK(in->find(key_of(1), {0, 5000}).has_value());
}

TEST_CASE("cache: over its limit, the file that was used least recently goes")
{
    test::scratch_folder const folder;
    store_options options;
    options.limit = 250'000;
    auto const in = open(folder.path().string(), options);
    in->keep(key_of(1), make(1, {0, 100'000}));
    in->keep(key_of(2), make(2, {0, 100'000}));
    in->touch(key_of(1));
    in->keep(key_of(3), make(3, {0, 100'000}));
    CHECK(in->find(key_of(1), {0, 100'000}).has_value());
    CHECK_FALSE(in->find(key_of(2), {0, 1}).has_value());
    CHECK(in->find(key_of(3), {0, 100'000}).has_value());
    CHECK(in->totals().bytes == 200'000);
    in->keep(key_of(4), make(4, {0, 250'001}));
    CHECK_FALSE(in->find(key_of(4), {0, 1}).has_value());
}

TEST_CASE("cache: a database that is none, or shorter than it says, is set aside with a warning")
{
    for (bool const cut_short : {false, true}) {
        test::scratch_folder const folder;
        auto const data = folder.path() / "data.mdb";
        if (cut_short) {
            open(folder.path().string())->keep(key_of(1), make(1, {0, 300'000}));
            std::filesystem::resize_file(data, 100'000);
        } else {
            std::ofstream(data) << std::string(100'000, 'x');
        }
        std::string warning;
        store_options options;
        options.warn = [&](std::string const& text) { warning = text; };
        auto const in = open(folder.path().string(), options);
        CHECK(warning.find("set aside") != std::string::npos);
        CHECK(std::filesystem::exists(folder.path() / "data.mdb.aside-1"));
        CHECK(in->totals().bytes == 0);
        in->keep(key_of(1), make(1, {0, 10}));
        CHECK(in->find(key_of(1), {0, 10}).has_value());
    }
}

TEST_CASE("cache: a folder that cannot be used is an error")
{
    CHECK(store::open("/proc/nowhere", {}).has_error());
}

TEST_CASE("cache: notes belong to a URL")
{
    test::scratch_folder const folder;
    auto const in = open(folder.path().string());
    in->keep_note("https://h/x", "1234");
    CHECK(in->find_note("https://h/x") == "1234");
    CHECK_FALSE(in->find_note("https://h/y").has_value());
}

TEST_CASE("cache: threads may use it at the same time")
{
    test::scratch_folder const folder;
    auto const in = open(folder.path().string());
    std::array<bool, 4> right{};
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            right[t] = true;
            for (std::uint64_t i = 0; i < 50; ++i) {
                byte_range const range{i * 1000, 1500};
                in->keep(key_of(i % 2 + 1), make(i % 2 + 1, range));
                auto const found = in->find(key_of(i % 2 + 1), range);
                right[t] = right[t] && found && is_right(*found, i % 2 + 1, range);
            }
        });
    for (auto& thread : threads)
        thread.join();
    for (bool const one : right)
        CHECK(one);
}

TEST_CASE("cache: processes killed at any moment leave a sound database")
{
    test::scratch_folder const folder;
    constexpr int processes = 8;
    constexpr int rounds = 25;
    store_options options;
    options.limit = 2'000'000;
    for (unsigned round = 0; round < rounds; ++round) {
        std::vector<pid_t> children;
        for (unsigned p = 0; p < processes; ++p) {
            auto const child = ::fork();
            if (child != 0) {
                children.push_back(child);
                continue;
            }
            auto const in = store::open(folder.path().string(), options);
            if (!in)
                ::_exit(1);
            for (std::uint64_t i = round * 7 + p;; ++i) {
                auto const content = static_cast<unsigned>(i % 5);
                byte_range const range{i * 7919 % 1'000'000, 1 + i * 31 % 100'000};
                if (auto const found = (*in)->find(key_of(content), range);
                    found && !is_right(*found, content, range))
                    ::_exit(2);
                (*in)->keep(key_of(content), make(content, range));
            }
        }
        ::usleep(20'000 + round * 1000 % 7000);
        for (auto const child : children)
            ::kill(child, SIGKILL);
        for (auto const child : children) {
            int status = 0;
            ::waitpid(child, &status, 0);
            CHECK(WIFSIGNALED(status));  // none had found a wrong byte and left on its own
        }
    }
    bool set_aside = false;
    options.warn = [&](std::string const&) { set_aside = true; };
    auto const in = open(folder.path().string(), options);
    CHECK_FALSE(set_aside);
    CHECK(in->totals().bytes <= options.limit);
    for (unsigned content = 0; content < 5; ++content)
        for (std::uint64_t at = 0; at < 1'000'000; at += 10'000)
            if (auto const found = in->find(key_of(content), {at, 100}))
                CHECK(is_right(*found, content, {at, 100}));
}
