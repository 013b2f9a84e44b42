#include "store_fixture.hpp"

#include <fstream>
#include <iterator>

using namespace lindi;
using namespace lindi::test;

TEST_CASE("reference store: what was flushed is there when it is opened again")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        scratch_folder const folder;
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
        scratch_folder const folder;
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

TEST_CASE("reference store: what is dropped leaves nothing behind")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        scratch_folder const folder;
        auto const path = folder.file(form);
        {
            auto const store = opened(path, open_mode::create);
            fill(*store);
        }
        make_filled(path);
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
        scratch_folder const folder;
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
        scratch_folder const folder;
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
    scratch_folder const folder;
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
    scratch_folder const folder;
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

TEST_CASE("reference store: a new file begins with a document that is given")
{
    static constexpr std::string_view text =
        R"({"refs": {".zgroup": {"zarr_format": 2}, "a/0": ["https://example.org/x", 1, 2]},)"
        R"( "generationMetadata": {"n": 1}})";
    for (auto const* const form : forms) {
        CAPTURE(form);
        scratch_folder const folder;
        auto const path = folder.file(form);
        edit::store_options options;
        options.begin_with = {nullptr, {as_bytes(text), 0}};
        {
            auto const store = opened(path, open_mode::create, options);
            CHECK(keys(*store) == std::vector<std::string>{".zgroup", "a/0"});
            ok(store->flush());
        }
        auto const store = opened(path, open_mode::append, options);
        CHECK(keys(*store) == std::vector<std::string>{".zgroup", "a/0"});
        CHECK(store->member("generationMetadata") == R"({"n": 1})");
    }
}

TEST_CASE("reference store: content that looks like base 64 comes back as it was")
{
    for (auto const* const form : forms) {
        CAPTURE(form);
        scratch_folder const folder;
        auto const path = folder.file(form);
        for (std::string_view const text :
             {"base64:AAAA", "", "plain \"text\"\n", "\x01\x7f", "\x80"}) {
            auto const store = opened(path, open_mode::create);
            ok(store->put_bytes("a/0", as_bytes(text)));
            ok(store->flush());
            CHECK(as_text(content(*opened(path, open_mode::read), "a/0")) == text);
        }
    }
}

TEST_CASE("reference store: chunks that are too large for a document are refused, with a way out")
{
    scratch_folder const folder;
    edit::store_options options;
    options.max.inline_bytes = 5000;
    options.max.memory = 20'000;
    auto const store = opened(folder.file("x.lindi.json"), open_mode::create, options);
    auto const refused = store->put_bytes("a/0", pattern(5001, 1));
    CHECK(refused.error().code() == errc::too_large);
    CHECK(refused.error().message().find(".lindi.tar") != std::string::npos);
    ok(store->put_bytes("a/0", pattern(5000, 1)));
    ok(store->put_bytes("a/1", pattern(5000, 1)));
    CHECK(store->put_bytes("a/2", pattern(5000, 1)).error().code() == errc::too_large);
    ok(store->flush());
    CHECK_FALSE(store->has("a/2"));
}
