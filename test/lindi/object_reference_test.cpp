#include "graphs.hpp"

#include <lindi/lindi/object_reference.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;

namespace {

std::string text_of(rfs::reference_names const& names, node::object_id id)
{
    node::reference r;
    r.object = id;
    std::string out;
    CHECK(names.append(out, r));
    return out;
}

}  // namespace

// Expected: Python lindi's output for the oracle's cases dt_objref and dt_objref_noid.
TEST_CASE("reference: path, and the object_id of target and root")
{
    graph_builder b;
    auto const g = b.add_group();
    auto const d = b.add_contiguous({4}, 2048);
    b.link(b.g.root, "g", g);
    b.link(g, "d", d);
    b.g.objects[b.g.root].attributes.push_back(text_attribute("object_id", "root-id"));
    b.g.objects[d].attributes.push_back(text_attribute("object_id", "d-id"));
    rfs::reference_names const names(b.g);
    CHECK(
        text_of(names, d) ==
        R"({"_REFERENCE":{"object_id":"d-id","path":"/g/d","source":".","source_object_id":"root-id"}})"
    );
    CHECK(
        text_of(names, g) ==
        R"({"_REFERENCE":{"object_id":null,"path":"/g","source":".","source_object_id":"root-id"}})"
    );
    CHECK(
        text_of(names, b.g.root) ==
        R"({"_REFERENCE":{"object_id":"root-id","path":"/","source":".","source_object_id":"root-id"}})"
    );
}

TEST_CASE("reference: a number as object_id stays one, a list counts as none")
{
    graph_builder b;
    auto const g = b.add_group();
    b.link(b.g.root, "g", g);
    auto& attributes = b.g.objects[g].attributes;
    attributes.push_back(attribute("object_id", integer(1), {}, {std::byte{5}}));
    CHECK(text_of(rfs::reference_names(b.g), g).find(R"("object_id":5,)") != std::string::npos);
    attributes[0].space = shape_of({1});
    CHECK(text_of(rfs::reference_names(b.g), g).find(R"("object_id":null,)") != std::string::npos);
}

TEST_CASE("reference: an object with several names has the first one in native order")
{
    graph_builder b;
    auto const d = b.add_contiguous({4}, 2048);
    b.link(b.g.root, "zz", d);
    b.link(b.g.root, "aa", d);
    CHECK(text_of(rfs::reference_names(b.g), d).find(R"("path":"/zz")") != std::string::npos);
}

TEST_CASE("reference: bytes that are no UTF-8 are written as in keys")
{
    graph_builder b;
    auto const d = b.add_contiguous({4}, 2048);
    b.link(b.g.root, "a\xff", d);
    CHECK(text_of(rfs::reference_names(b.g), d).find(R"("path":"/a%FF")") != std::string::npos);
}

TEST_CASE("reference: null ones and those to objects without a name are not written")
{
    graph_builder b;
    auto const lost = b.add_contiguous({4}, 2048);
    rfs::reference_names const names(b.g);
    std::string out;
    node::reference r;
    r.null = true;
    CHECK_FALSE(names.append(out, r));
    r.null = false;
    CHECK_FALSE(names.append(out, r));
    r.object = lost;
    CHECK_FALSE(names.append(out, r));
    CHECK(out.empty());
}
