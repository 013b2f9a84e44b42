// How a store stands on the disk beside other writers, readers and accidents.

#include "store_fixture.hpp"

#include <fstream>

using namespace lindi;
using namespace lindi::test;

TEST_CASE("reference store: modes are those of h5py")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        scratch_folder const folder;
        auto const path = folder.file(form);
        CHECK(refused(path, open_mode::read).code() == std::errc::no_such_file_or_directory);
        CHECK(refused(path, open_mode::read_write).code() == std::errc::no_such_file_or_directory);
        {
            auto const store = opened(path, open_mode::append);
            fill(*store);
            ok(store->flush());
        }
        CHECK(refused(path, open_mode::create_new).code() == std::errc::file_exists);
        {
            auto const store = opened(path, open_mode::create);
            CHECK(keys(*store) == std::vector<std::string>{".zgroup"});
            // Until the new one is flushed, the old one is there.
            check_filled(*opened(path, open_mode::read));
        }
        check_filled(*opened(path, open_mode::read));
        {
            auto const store = opened(path, open_mode::create);
            ok(store->flush());
        }
        CHECK(keys(*opened(path, open_mode::read)) == std::vector<std::string>{".zgroup"});
    }
}

TEST_CASE("reference store: one writer at a time, and any number of readers")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        scratch_folder const folder;
        auto const path = folder.file(form);
        auto first = opened(path, open_mode::create);
        fill(*first);
        ok(first->flush());
        for (int i = 0; i < 2; ++i) {
            auto const busy = std::errc::resource_unavailable_try_again;
            CHECK(refused(path, open_mode::read_write).code() == busy);
            CHECK(refused(path, open_mode::append).code() == busy);
            CHECK(refused(path, open_mode::create).code() == busy);
            check_filled(*opened(path, open_mode::read));
            ok(first->put_json("g/.zattrs", R"({"a": 1})"));
            ok(first->erase("g/.zattrs"));
            ok(first->flush());
        }
        first.reset();
        check_filled(*opened(path, open_mode::read_write));
    }
}

TEST_CASE("reference store: what is open for reading is not changed")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        scratch_folder const folder;
        auto const path = folder.file(form);
        make_filled(path);
        auto const store = opened(path, open_mode::read);
        CHECK_FALSE(store->is_writable());
        CHECK(store->put_json("x/.zgroup", "{}").error().code() == errc::unsupported);
        CHECK(store->put_bytes("g/a/0", pattern(3, 1)).error().code() == errc::unsupported);
        CHECK(store->erase("g/a/0").error().code() == errc::unsupported);
        CHECK(store->flush().error().code() == errc::unsupported);
        check_filled(*store);
    }
}

TEST_CASE("reference store: a torn end of a tar is cut off when it is opened for writing, and said")
{
    scratch_folder const folder;
    auto const path = folder.file("x.lindi.tar");
    make_filled(path);
    auto const size = std::filesystem::file_size(path);
    std::ofstream(path, std::ios::binary | std::ios::app) << std::string(70'000, 'x');
    check_filled(*opened(path, open_mode::read));
    CHECK(std::filesystem::file_size(path) == size + 70'000);
    std::vector<std::string> said;
    edit::store_options options;
    options.warn = [&](std::string const& text) { said.push_back(text); };
    check_filled(*opened(path, open_mode::read_write, options));
    REQUIRE(said.size() == 1);
    CHECK(said[0].find("71024 bytes were cut off") != std::string::npos);
    CHECK(std::filesystem::file_size(path) == size);
    check_filled(*opened(path, open_mode::read_write, options));
    CHECK(said.size() == 1);
}

TEST_CASE("reference store: a file that somebody else replaced meanwhile is not written")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        scratch_folder const folder;
        auto const path = folder.file(form);
        auto const other = folder.file("other" + std::string(form));
        make_filled(path);
        make_filled(other);
        auto const store = opened(path, open_mode::read_write);
        ok(store->put_bytes("b/0", pattern(2000, 1)));
        std::filesystem::rename(path, folder.file("moved"));
        std::filesystem::rename(other, path);
        CHECK(store->flush().error().code() == errc::io);
        check_filled(*opened(path, open_mode::read));
    }
}

TEST_CASE("reference store: a new file does not take the place of one that came meanwhile")
{
    for (auto const* const form : {"x.lindi.json", "x.lindi.tar"}) {
        CAPTURE(form);
        scratch_folder const folder;
        auto const path = folder.file(form);
        auto const first = opened(path, open_mode::create_new);
        auto const second = opened(path, open_mode::append);
        fill(*second);
        ok(second->flush());
        CHECK(first->flush().error().code() == std::errc::file_exists);
        check_filled(*opened(path, open_mode::read));
    }
}

TEST_CASE("reference store: a directory may be named with a slash behind it")
{
    scratch_folder const folder;
    auto const path = folder.file("x.lindi.d");
    for (int i = 0; i < 2; ++i) {
        auto const store = opened(path + "/", open_mode::append);
        fill(*store);
        ok(store->flush());
    }
    check_filled(*opened(path, open_mode::read));
}

TEST_CASE("reference store: packing drops what nothing names")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        scratch_folder const folder;
        auto const path = folder.file(form);
        auto const store = opened(path, open_mode::create);
        fill(*store);
        ok(store->flush());
        for (unsigned i = 0; i < 20; ++i) {
            ok(store->put_bytes("g/a/0", pattern(2000, 1)));
            ok(store->put_bytes("dropped/" + std::to_string(i), pattern(2000, i)));
            ok(store->flush());
        }
        ok(store->erase_all("dropped/"));
        ok(store->pack());
        check_filled(*store);
        make_filled(folder.file(std::string("one") + form));
        auto const size_of = [](std::filesystem::path const& of) {
            std::uintmax_t out = 0;
            for (auto const& at : std::filesystem::recursive_directory_iterator(of))
                out += at.is_regular_file() ? at.file_size() : 0;
            return out;
        };
        auto const size = [&](std::string const& of) {
            return std::filesystem::is_directory(of) ? size_of(of) : std::filesystem::file_size(of);
        };
        // Names of blobs may have become longer.
        CHECK(size(path) <= size(folder.file(std::string("one") + form)) + 100);
        ok(store->put_bytes("g/a/0", pattern(2000, 1)));
        ok(store->flush());
        check_filled(*opened(path, open_mode::read));
    }
}
