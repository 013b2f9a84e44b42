#include "memory_files.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <lindi/node/other_files.hpp>
#include <lindi/node/virtual_source.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::node;
using namespace lindi::test;

namespace {

hdf5::virtual_mapping mapping_of(std::string file, std::string dataset)
{
    hdf5::virtual_mapping out;
    out.source_file = std::make_shared<std::string const>(std::move(file));
    out.source_dataset = std::make_shared<std::string const>(std::move(dataset));
    return out;
}

/// A file that may open others.
struct followed_file {
    memory_files files;
    codec::registry codecs = codec::built_in_filters();
    limits max;
    std::unique_ptr<other_files> others;
    walked_file main{sample_file("latest")};

    explicit followed_file(limits const& given = {}) : max(given)
    {
        files.content["old.h5"] = sample_file("old");
        files.content["below/latest.h5"] = sample_file("latest");
        files.content["text"] = bytes(100, std::byte{'x'});
        others = std::make_unique<other_files>(files, codecs, max);
        main.file().others = others.get();
    }
    result<source_dataset> find(std::string file, std::string dataset)
    {
        return find_source(main.file(), mapping_of(std::move(file), std::move(dataset)), 0);
    }
};

}  // namespace

TEST_CASE("virtual source: names of blocks")
{
    CHECK(source_name("f-%b.h5", 12).value() == "f-12.h5");
    CHECK(source_name("%b%%%b", 0).value() == "0%0");
    CHECK(source_name("plain", 3).value() == "plain");
    for (auto const* const name : {"%", "a%", "%d", "%5b", "%b%"}) {
        CAPTURE(name);
        CHECK(source_name(name, 0).error().code() == errc::bad_value);
    }
    CHECK(is_numbered(mapping_of("a%b", "d")));
    CHECK(is_numbered(mapping_of("a", "%%%b")));
    CHECK_FALSE(is_numbered(mapping_of("a%%b", "d")));
}

TEST_CASE("virtual source: the slab of a block")
{
    hdf5::selection target{.what = hdf5::selection::kind::hyperslab, .rank = 2};
    target.regular = {{0, 1, 1, 8}, {2, 10, hdf5::unlimited, 4}};
    auto const slab = numbered_slab(target, 3).value();
    CHECK(slab.start == 32);
    CHECK(slab.count == 1);
    CHECK(slab.block == 4);
    CHECK(numbered_slab(target, ~std::uint64_t{0} / 5).error().code() == errc::bad_value);
    target.regular[1] = {0, 1, 1, hdf5::unlimited};
    CHECK(numbered_slab(target, 0).error().code() == errc::bad_value);
    target.regular[1] = {0, 1, 1, 8};
    CHECK(numbered_slab(target, 0).error().code() == errc::bad_value);
}

TEST_CASE("virtual source: in the file itself, without others")
{
    walked_file f(sample_file("latest"));
    auto const found = find_source(f.file(), mapping_of(".", "typed"), 0);
    REQUIRE(found.has_value());
    CHECK(found->data == &f.data("/typed"));
    CHECK(find_source(f.file(), mapping_of(".", "no"), 0)->data == nullptr);
    CHECK(find_source(f.file(), mapping_of(".", "/"), 0).error().code() == errc::bad_value);
    auto const outside = find_source(f.file(), mapping_of("old.h5", "x"), 0);
    CHECK(outside.error().code() == errc::unsupported);
}

TEST_CASE("virtual source: in other files, each opened once")
{
    followed_file f;
    auto const found = f.find("old.h5", "/contiguous");
    REQUIRE(found.has_value());
    REQUIRE(found->data);
    CHECK(found->in != &f.main.file());
    CHECK(
        found->data->space.extents ==
        walked_file(sample_file("old")).data("/contiguous").space.extents
    );
    CHECK(f.find("old.h5", "/chunked")->in == found->in);
    CHECK(f.find("old.h5", "/no")->data == nullptr);
    CHECK(f.find("no.h5", "/no")->data == nullptr);
    CHECK(f.find("no.h5", "/no")->data == nullptr);
    CHECK(f.files.asked == std::vector<std::string>{"old.h5", "no.h5"});
    CHECK(f.find("text", "/no").error().code() == errc::not_hdf5);
}

TEST_CASE("virtual source: names count from the folder of the file that has them")
{
    followed_file f;
    auto* const below = f.find("below/latest.h5", "/typed")->in;
    REQUIRE(below != nullptr);
    CHECK(below->depth == 1);
    CHECK(find_source(*below, mapping_of("latest.h5", "typed"), 0)->in == below);
    CHECK(find_source(*below, mapping_of("old.h5", "contiguous"), 0)->data == nullptr);
    CHECK(f.files.asked.back() == "below/old.h5");
}

TEST_CASE("virtual source: an absolute name that is elsewhere stands for the file beside")
{
    followed_file f;
    f.files.broken["/far/old.h5"] = error(errc::unsupported, error::nowhere, "other file", "far");
    f.files.broken["/far/no.h5"] = error(errc::unsupported, error::nowhere, "other file", "far");
    CHECK(f.find("/far/old.h5", "/contiguous")->data != nullptr);
    CHECK(f.find("/far/no.h5", "/contiguous").error().detail() == "far");
}

TEST_CASE("virtual source: the number and the depth of other files are limited")
{
    limits few;
    few.other_files = 2;
    followed_file f(few);
    CHECK(f.find("old.h5", "/contiguous").has_value());
    CHECK(f.find("no.h5", "/contiguous").has_value());
    CHECK(f.find("below/latest.h5", "/typed").error().code() == errc::too_large);
    CHECK(f.find("old.h5", "/contiguous").has_value());

    followed_file deep;
    deep.main.file().depth = 8;
    CHECK(deep.find("old.h5", "/contiguous").error().code() == errc::too_large);
}

TEST_CASE("virtual source: what an external link hides is not missing")
{
    walked_file f(sample_file("latest"));
    auto const target = look_up(f.graph(), f.graph().root, "/compact/external");
    if (target.object == no_object && target.leaves_file)
        CHECK(
            find_source(f.file(), mapping_of(".", "/compact/external/x"), 0).error().code() ==
            errc::unsupported
        );
    else
        FAIL("the sample has no external link there");
}
