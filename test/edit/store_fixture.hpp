/// \file
/// Stores with something in them, for tests.

#pragma once

#include "scratch_folder.hpp"

#include <lindi/array/read.hpp>
#include <lindi/edit/reference_store.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/open/open_tree.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

namespace lindi::test {

using edit::open_mode;
using edit::reference_store;

inline constexpr char const* forms[] = {"x.lindi.json", "x.lindi.tar", "x.lindi.d"};

inline constexpr auto array_metadata =
    R"({"zarr_format": 2, "shape": [4000], "chunks": [2000], "dtype": "|u1", "order": "C",)"
    R"( "fill_value": 0, "filters": null, "compressor": null})";

inline std::unique_ptr<reference_store>
opened(std::string const& path, open_mode mode, edit::store_options options = {})
{
    auto out = reference_store::open(path, mode, std::move(options));
    REQUIRE_MESSAGE(out.has_value(), out.error().message());
    return std::move(*out);
}

inline lindi::error refused(std::string const& path, open_mode mode)
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

inline lindi::bytes pattern(std::size_t size, unsigned seed)
{
    lindi::bytes out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = static_cast<std::byte>(i * 7 + seed);
    return out;
}

inline std::vector<std::string> keys(reference_store const& store, std::string_view prefix = "")
{
    std::vector<std::string> out;
    store.for_each_key(prefix, [&](std::string_view key) {
        out.emplace_back(key);
        return true;
    });
    return out;
}

inline lindi::bytes content(reference_store const& store, std::string_view key)
{
    auto out = store.content(key);
    ok(out);
    return std::move(*out);
}

/// A group, an array of two chunks, one of which becomes a blob, and a reference.
inline void fill(reference_store& store)
{
    ok(store.put_json("g/.zgroup", R"({"zarr_format": 2})"));
    ok(store.put_json("g/a/.zarray", array_metadata));
    ok(store.put_bytes("g/a/0", pattern(2000, 1)));
    ok(store.put_bytes("g/a/1", pattern(999, 2)));
    ok(store.put_reference("g/a/2", "https://example.org/x.h5", 100, 2000));
}

/// A new file with that in it.
inline void make_filled(std::string const& path)
{
    auto const store = opened(path, open_mode::create);
    fill(*store);
    ok(store->flush());
}

inline void check_filled(reference_store const& store)
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
inline lindi::bytes elements(open::tree& tree)
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

}  // namespace lindi::test
