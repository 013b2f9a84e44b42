#include "scratch_folder.hpp"

#include <lindi/array/read.hpp>
#include <lindi/edit/reference_store.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/open/open_tree.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

using namespace lindi;
using edit::open_mode;
using edit::reference_store;

namespace {

constexpr char const* forms[] = {"x.lindi.json", "x.lindi.tar", "x.lindi.d"};

constexpr auto array_metadata =
    R"({"zarr_format": 2, "shape": [4000], "chunks": [2000], "dtype": "|u1", "order": "C",)"
    R"( "fill_value": 0, "filters": null, "compressor": null})";

std::unique_ptr<reference_store>
opened(std::string const& path, open_mode mode, edit::store_options options = {})
{
    auto out = reference_store::open(path, mode, std::move(options));
    REQUIRE_MESSAGE(out.has_value(), out.error().message());
    return std::move(*out);
}

lindi::error refused(std::string const& path, open_mode mode)
{
    auto const out = reference_store::open(path, mode);
    REQUIRE(out.has_error());
    return out.error();
}

template <class T>
void ok(result<T> const& done)
{
    REQUIRE_MESSAGE(done.has_value(), done.error().message());
}

lindi::bytes pattern(std::size_t size, unsigned seed)
{
    lindi::bytes out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = static_cast<std::byte>(i * 7 + seed);
    return out;
}

std::vector<std::string> keys(reference_store const& store, std::string_view prefix = "")
{
    std::vector<std::string> out;
    store.for_each_key(prefix, [&](std::string_view key) {
        out.emplace_back(key);
        return true;
    });
    return out;
}

lindi::bytes content(reference_store const& store, std::string_view key)
{
    auto out = store.content(key);
    ok(out);
    return std::move(*out);
}

/// A group, an array of two chunks, one of which becomes a blob, and a reference.
void fill(reference_store& store)
{
    ok(store.put_json("g/.zgroup", R"({"zarr_format": 2})"));
    ok(store.put_json("g/a/.zarray", array_metadata));
    ok(store.put_bytes("g/a/0", pattern(2000, 1)));
    ok(store.put_bytes("g/a/1", pattern(999, 2)));
    ok(store.put_reference("g/a/2", "https://example.org/x.h5", 100, 2000));
}

void check_filled(reference_store const& store)
{
    CHECK(
        keys(store) ==
        std::vector<std::string>{".zgroup", "g/.zgroup", "g/a/.zarray", "g/a/0", "g/a/1", "g/a/2"}
    );
    CHECK(content(store, "g/a/0") == pattern(2000, 1));
    CHECK(content(store, "g/a/1") == pattern(999, 2));
    auto const reference = store.get("g/a/2");
    ok(reference);
    REQUIRE(*reference);
    CHECK(**reference == edit::entry(edit::range_of_url{"https://example.org/x.h5", 100, 2000}));
}

/// The elements of /g/a, through whatever reads LINDI files.
lindi::bytes elements(open::tree& tree)
{
    auto const read = tree.read_graph({});
    ok(read);
    auto const id = node::resolve(tree.graph(), tree.graph().root, "/g/a");
    REQUIRE(id != node::no_object);
    auto const& data = *tree.graph().objects[id].dataset;
    auto got = tree.reader().run(array::read_all(tree.file(), data, 1 << 20));
    ok(got);
    return std::move(*got);
}

}  // namespace

TEST_CASE("reference store: what was flushed is there when it is opened again")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        test::scratch_folder const folder;
        auto const path = folder.file(form);
        {
            auto const store = opened(path, open_mode::create);
            fill(*store);
            check_filled(*store);
            CHECK(store->is_changed());
            ok(store->flush());
            CHECK_FALSE(store->is_changed());
            check_filled(*store);
        }
        for (auto const mode : {open_mode::read, open_mode::read_write, open_mode::append})
            check_filled(*opened(path, mode));
    }
}

TEST_CASE("reference store: a snapshot reads as a file does, before anything was flushed")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        test::scratch_folder const folder;
        auto const path = folder.file(form);
        auto const store = opened(path, open_mode::create);
        fill(*store);
        ok(store->put_bytes("g/a/1", pattern(2000, 2)));
        ok(store->erase("g/a/2"));
        auto expected = pattern(2000, 1);
        auto const second = pattern(2000, 2);
        expected.insert(expected.end(), second.begin(), second.end());
        auto state = store->snapshot();
        ok(state);
        CHECK(elements(*open::tree::of_document(std::move(*state))) == expected);
        ok(store->flush());
        auto file = open::tree::open(path);
        ok(file);
        CHECK(elements(**file) == expected);
    }
}

TEST_CASE("reference store: modes are those of h5py")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        test::scratch_folder const folder;
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
        test::scratch_folder const folder;
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
        test::scratch_folder const folder;
        auto const path = folder.file(form);
        {
            auto const store = opened(path, open_mode::create);
            fill(*store);
            ok(store->flush());
        }
        auto const store = opened(path, open_mode::read);
        CHECK_FALSE(store->is_writable());
        CHECK(store->put_json("x/.zgroup", "{}").error().code() == errc::unsupported);
        CHECK(store->put_bytes("g/a/0", pattern(3, 1)).error().code() == errc::unsupported);
        CHECK(store->erase("g/a/0").error().code() == errc::unsupported);
        CHECK(store->flush().error().code() == errc::unsupported);
        check_filled(*store);
    }
}

TEST_CASE("reference store: what is dropped leaves nothing behind")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        test::scratch_folder const folder;
        auto const path = folder.file(form);
        {
            auto const store = opened(path, open_mode::create);
            fill(*store);
        }
        {
            auto const store = opened(path, open_mode::create);
            fill(*store);
            ok(store->flush());
        }
        auto const size_of_all = [&] {
            std::uintmax_t out = 0;
            for (auto const& file : std::filesystem::recursive_directory_iterator(folder.path()))
                out += file.is_regular_file() ? 1000 + file.file_size() : 0;
            return out;
        };
        auto const before = size_of_all();
        {
            auto const store = opened(path, open_mode::read_write);
            ok(store->put_bytes("g/b/0", pattern(3000, 3)));
        }
        CHECK(size_of_all() == before);
        check_filled(*opened(path, open_mode::read));
    }
}

TEST_CASE("reference store: values that are none are refused, and change nothing")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        test::scratch_folder const folder;
        auto const store = opened(folder.file(form), open_mode::create);
        fill(*store);
        CHECK(store->put_json("g/.zattrs", "[]").error().code() == errc::bad_value);
        CHECK(store->put_json("g/.zattrs", "{").error().code() == errc::truncated);
        CHECK(store->put_json("g/.zattrs", "{} {}").has_error());
        CHECK(store->put("g/a/0", edit::inline_json{"17"}).has_error());
        CHECK(store->put("g/a/0", edit::range_of_url{"", 0, 1}).has_error());
        CHECK(store->put("g/a/0", edit::range_of_url{"x", 1, ~std::uint64_t{0}}).has_error());
        CHECK(store->put("g/a/0", edit::stored_blob{"blobs/none", 0, 1}).has_error());
        CHECK(store->put_member("refs", "{}").error().code() == errc::bad_value);
        CHECK(store->put_member("x", "nonsense").has_error());
        check_filled(*store);
    }
}

TEST_CASE("reference store: names that no tar and no folder can have")
{
    std::string const keys_to_try[] = {
        "../../escape/0",
        "a/../../0",
        "/absolute/0",
        "two//slashes/0",
        "space in it/0",
        "caf\xc3\xa9/0",
        std::string(300, 'x') + "/0",
        "b/0",
        "b/0/0",  // a folder where a file is
        "c/0/0",
        "c/0",
    };
    for (auto const* const form : forms) {
        CAPTURE(form);
        test::scratch_folder const folder;
        auto const path = folder.file(form);
        {
            auto const store = opened(path, open_mode::create);
            unsigned seed = 0;
            for (auto const& key : keys_to_try)
                ok(store->put_bytes(key, pattern(1500, ++seed)));
            ok(store->flush());
        }
        auto const store = opened(path, open_mode::read);
        unsigned seed = 0;
        for (auto const& key : keys_to_try)
            CHECK(content(*store, key) == pattern(1500, ++seed));
        auto const beside = std::filesystem::directory_iterator(folder.path());
        CHECK(std::distance(beside, std::filesystem::directory_iterator()) == 1);
    }
}

TEST_CASE("reference store: members, templates and odd keys of a document are kept")
{
    test::scratch_folder const folder;
    auto const path = folder.file("x.lindi.json");
    std::ofstream(path) << R"({"templates": {"u1": "https://example.org/x.h5"},)"
                           R"( "generationMetadata": {"by": ["me"]}, "unknown": 1.0,)"
                           R"( "refs": {".zgroup": {"zarr_format": 2}, "z\u00e9/0": "a",)"
                           R"( "a/0": ["{{u1}}", 1, 2], "a/0": ["{{u1}}", 3, 4], "odd": 17}})";
    {
        auto const store = opened(path, open_mode::read_write);
        CHECK(keys(*store) == std::vector<std::string>{".zgroup", "a/0", "odd", "z\xc3\xa9/0"});
        CHECK(store->get("odd").error().code() == errc::bad_value);
        ok(store->put_reference("a/1", "https://example.org/x.h5", 5, 6));
        CHECK(store->put_reference("a/2", "{{u1}}", 5, 6).error().code() == errc::bad_value);
        ok(store->flush());
    }
    auto const store = opened(path, open_mode::read_write);
    CHECK(store->member("generationMetadata") == R"({"by": ["me"]})");
    CHECK(store->member("unknown") == "1.0");
    CHECK_FALSE(store->member("other"));
    auto const first = store->get("a/0");
    ok(first);
    CHECK(*first == edit::entry(edit::range_of_url{"https://example.org/x.h5", 3, 4}));
    auto const second = store->get("a/1");
    ok(second);
    CHECK(*second == edit::entry(edit::range_of_url{"https://example.org/x.h5", 5, 6}));
    CHECK(keys(*store).size() == 5);
    ok(store->put_member("generationMetadata", "{}"));
    ok(store->flush());
    CHECK(opened(path, open_mode::read)->member("generationMetadata") == "{}");
}

TEST_CASE("reference store: keys come in order, changed or not")
{
    test::scratch_folder const folder;
    auto const path = folder.file("x.lindi.json");
    std::ofstream(path) << R"({"refs": {"b": "", ".zgroup": {"zarr_format": 2}, "a/2": "",)"
                           R"( "a/10": "", "a0": ""}})";
    auto const store = opened(path, open_mode::read_write);
    ok(store->put_bytes("a/1", {}));
    ok(store->put_bytes("c", {}));
    ok(store->put_bytes("a/2", pattern(1, 1)));
    ok(store->erase("b"));
    CHECK(keys(*store) == std::vector<std::string>{".zgroup", "a/1", "a/10", "a/2", "a0", "c"});
    CHECK(keys(*store, "a/") == std::vector<std::string>{"a/1", "a/10", "a/2"});
    CHECK(store->key_from("a/3") == "a0");
    CHECK(store->key_from("a1") == "c");
    CHECK_FALSE(store->key_from("d"));
    CHECK_FALSE(store->has("b"));
    CHECK(store->erase("b").value() == false);
    CHECK(store->erase_all("a/").value() == 3);
    CHECK(keys(*store) == std::vector<std::string>{".zgroup", "a0", "c"});
    ok(store->flush());
    CHECK(keys(*opened(path, open_mode::read)) == std::vector<std::string>{".zgroup", "a0", "c"});
}
