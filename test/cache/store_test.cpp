#include "../../lib/cache/network_folder.hpp"
#include "known_content.hpp"
#include "scratch_folder.hpp"

#include <lindi/cache/store.hpp>

#include <doctest/doctest.h>
#include <lmdb.h>

#include <array>
#include <fstream>
#include <thread>
#include <vector>

using namespace lindi;
using namespace lindi::cache;
using io::byte_range;

namespace {

block make(unsigned content, byte_range range)
{
    return test::known_content{content}.make(range);
}

bool is_right(block const& b, unsigned content, byte_range range)
{
    return test::known_content{content}.is(b, range);
}

content_key key_of(unsigned content)
{
    return test::known_content{content}.key();
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
    CHECK(in->totals().bytes >= 200'050);
    CHECK(in->totals().bytes < 200'150);  // with checksums
    CHECK(in->totals().files == 1);
}

TEST_CASE("cache: several ranges are kept together, or not at all")
{
    test::scratch_folder const folder;
    store_options options;
    options.limit = 100'000;
    auto const in = open(folder.path().string(), options);
    in->keep(key_of(1), std::vector{make(1, {0, 100}), make(1, {5000, 100}), make(1, {50, 100})});
    CHECK(in->find(key_of(1), {0, 150}).has_value());
    CHECK(in->find(key_of(1), {5000, 100}).has_value());
    in->keep(key_of(1), std::vector{make(1, {7000, 10}), make(1, {8000, 200'000})});
    CHECK_FALSE(in->find(key_of(1), {7000, 10}).has_value());
    CHECK(in->find(key_of(1), {0, 150}).has_value());
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
    CHECK(in->totals().bytes < 5010);
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
    CHECK(in->totals().files == 2);
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

TEST_CASE("cache: a database of another version, or of another program, is set aside")
{
    for (bool const is_ours : {true, false}) {
        test::scratch_folder const folder;
        MDB_env* env = nullptr;
        REQUIRE(mdb_env_create(&env) == 0);
        mdb_env_set_maxdbs(env, 4);
        REQUIRE(mdb_env_open(env, folder.path().c_str(), 0, 0600) == 0);
        MDB_txn* change = nullptr;
        REQUIRE(mdb_txn_begin(env, nullptr, 0, &change) == 0);
        MDB_dbi table = 0;
        REQUIRE(mdb_dbi_open(change, is_ours ? "meta" : "files", MDB_CREATE, &table) == 0);
        std::string name = "format";
        std::string format = "lindi cache 99";
        MDB_val key{name.size(), name.data()};
        MDB_val value{format.size(), format.data()};
        REQUIRE(mdb_put(change, table, &key, &value, 0) == 0);
        REQUIRE(mdb_txn_commit(change) == 0);
        mdb_env_close(env);

        std::string warning;
        store_options options;
        options.warn = [&](std::string const& text) { warning = text; };
        auto const in = open(folder.path().string(), options);
        CHECK(
            warning == "cache " + folder.path().string() + ": set aside as " +
                           folder.file("data.mdb.aside-1") + ", " +
                           (is_ours ? "another version of this program made it"
                                    : "it is no cache of this program")
        );
        CHECK(std::filesystem::exists(folder.path() / "data.mdb.aside-1"));
        in->keep(key_of(1), make(1, {0, 10}));
        CHECK(in->find(key_of(1), {0, 10}).has_value());
    }
}

TEST_CASE("cache: a file that misses only pages that nobody uses is made longer")
{
    // LMDB does not write pages that a transaction let go again, and they may be the last ones.
    test::scratch_folder const folder;
    auto const data = folder.path() / "data.mdb";
    {
        auto const in = open(folder.path().string());
        in->keep(key_of(1), make(1, {0, 10}));
        in->keep(key_of(2), make(2, {0, 300'000}));
        REQUIRE(in->remove(key_of(2)).value());
        in->keep(key_of(1), make(1, {20, 10}));
    }
    auto const whole = std::filesystem::file_size(data);
    std::filesystem::resize_file(data, whole - 4096);
    store_options options;
    bool warned = false;
    options.warn = [&](std::string const&) { warned = true; };
    auto const in = open(folder.path().string(), options);
    CHECK_FALSE(warned);
    CHECK(std::filesystem::file_size(data) >= whole);
    CHECK(in->find(key_of(1), {0, 10}).has_value());
}

TEST_CASE("cache: removing a file leaves the others and their bytes as they were")
{
    test::scratch_folder const folder;
    auto const in = open(folder.path().string());
    for (unsigned content = 1; content <= 3; ++content)
        for (std::uint64_t i = 0; i < 400; ++i)
            in->keep(key_of(content), make(content, {i * 1000, 300 + i}));
    auto const one = in->totals();
    CHECK(one.ranges >= 1200);
    REQUIRE(in->remove(key_of(2)).has_value());
    CHECK(in->totals().files == 2);
    CHECK(in->totals().ranges == one.ranges / 3 * 2);
    CHECK_FALSE(in->find(key_of(2), {0, 1}).has_value());
    CHECK(in->find(key_of(1), {399'000, 699}).has_value());
    CHECK(in->find(key_of(3), {0, 300}).has_value());
    auto const checked = in->verify();
    REQUIRE(checked.has_value());
    CHECK(checked->damaged == 0);
    CHECK(checked->bytes == in->totals().bytes);
    CHECK_FALSE(in->remove(key_of(2)).value());
    REQUIRE(in->remove_all().has_value());
    CHECK(in->totals().ranges == 0);
    CHECK(in->totals().bytes == 0);
}

TEST_CASE("cache: pruning keeps what was used last")
{
    test::scratch_folder const folder;
    auto const in = open(folder.path().string());
    for (unsigned content = 1; content <= 3; ++content)
        in->keep(key_of(content), make(content, {0, 50'000}));
    in->touch(key_of(1));
    auto const files = in->files();
    REQUIRE(files.size() == 3);
    CHECK(files[0].content.text == key_of(1).text);
    CHECK(files[2].content.text == key_of(2).text);
    auto const gone = in->prune(60'000);
    REQUIRE(gone.has_value());
    CHECK(*gone >= 100'000);
    CHECK(in->find(key_of(1), {0, 50'000}).has_value());
    CHECK(in->totals().files == 1);
    CHECK(in->prune(0).has_value());
    CHECK(in->totals().bytes == 0);
}

TEST_CASE("cache: verifying removes what is damaged on disk, and the rest is still right")
{
    test::scratch_folder const folder;
    auto const data = folder.path() / "data.mdb";
    open(folder.path().string())->keep(key_of(1), make(1, {0, 400'000}));
    {
        std::fstream file(data, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(data) / 2));
        file.write("damage", 6);
    }
    auto const in = open(folder.path().string());
    auto const checked = in->verify();
    REQUIRE(checked.has_value());
    CHECK(checked->damaged == 1);
    CHECK(checked->ranges == 6);
    CHECK(in->verify()->damaged == 0);
    // Five of the six ranges, of which 400 places are looked up.
    std::size_t still_there = 0;
    for (std::uint64_t at = 0; at < 400'000; at += 1000)
        if (auto const found = in->find(key_of(1), {at, 100})) {
            CHECK(is_right(*found, 1, {at, 100}));
            ++still_there;
        }
    CHECK(still_there > 300);
}

TEST_CASE("cache: network file systems are known by their magic numbers")
{
    // statfs(2)
    CHECK(network_file_system(0x6969) == "NFS");
    CHECK(network_file_system(static_cast<int>(0xff534d42)) == "CIFS");
    CHECK(network_file_system(0xef53).empty());      // ext4
    CHECK(network_file_system(0x01021994).empty());  // tmpfs
}
