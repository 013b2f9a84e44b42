#include "sample.hpp"

#include <lindi/hdf5/btree_v2.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

constexpr file_sizes sizes{8, 8};

// Names of 400 links in a group, written by h5py 3.7 with libver='latest'.
auto const header = hex("'BTHD' 00"
                        "05"                       // names of links
                        "00 02 00 00"              // bytes of a node
                        "0b 00"                    // bytes of a record
                        "01 00"                    // depth
                        "64 28"                    // when to split and merge
                        "72 04 00 00 00 00 00 00"  // root
                        "0a 00"                    // its records
                        "90 01 00 00 00 00 00 00"  // all records
                        "9c b8 5c 42");

// Its root; behind the checksum the node of 512 bytes is unused.
auto const root = hex("'BTIN' 00 05"
                      "5b 58 82 1e 00 31 12 00 00 1e 00"  // hash, heap id
                      "a3 7d 25 3a 00 c6 0c 00 00 1e 00"
                      "1d d1 16 53 00 21 13 00 00 1e 00"
                      "73 3f 57 62 00 05 0f 00 00 1e 00"
                      "4e be 18 74 00 d7 19 00 00 1e 00"
                      "f7 e7 a0 86 00 37 05 00 00 1d 00"
                      "03 58 2a a2 00 d1 27 00 00 1e 00"
                      "a9 3a fc be 00 41 21 00 00 1e 00"
                      "2e 54 17 d4 00 32 04 00 00 1d 00"
                      "c0 20 ef e4 00 5f 1d 00 00 1e 00"
                      "72 02 00 00 00 00 00 00 29"  // leaf, its records
                      "72 12 00 00 00 00 00 00 29"
                      "72 08 00 00 00 00 00 00 29"
                      "72 0a 00 00 00 00 00 00 16"
                      "72 16 00 00 00 00 00 00 1f"
                      "72 0e 00 00 00 00 00 00 1f"
                      "72 0c 00 00 00 00 00 00 21"
                      "72 18 00 00 00 00 00 00 24"
                      "72 14 00 00 00 00 00 00 25"
                      "72 06 00 00 00 00 00 00 25"
                      "72 10 00 00 00 00 00 00 28"
                      "81 6d 9c 2c");

// Two of the twelve records of a smaller group's only node.
auto const leaf = sealed(hex("'BTLF' 00 05"
                             "9c 79 6a 0d 00 31 00 00 00 0e 00"
                             "88 14 9d 0e 00 5b 00 00 00 0e 00"
                             "00 00 00 00"));

result<btree_v2> decode(block_view b)
{
    return decode_btree_v2(b, sizes);
}

std::error_code refusal(bytes const& b)
{
    auto const decoded = decode(sample_block(sealed(b)));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

btree_v2 const tree = decode(sample_block(header)).value();

std::error_code node_refusal(bytes const& b, unsigned level, std::uint64_t records)
{
    auto const decoded = decode_btree_v2_node(sample_block(sealed(b)), tree, level, records, sizes);
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

constexpr std::size_t root_children = 6 + 10 * 11;

}  // namespace

TEST_CASE("B-tree version 2: the header says what nodes look like")
{
    CHECK(header.size() == btree_v2_header_size(sizes));
    CHECK(tree.type == btree_v2_type::link_name);
    CHECK(tree.node_size == 512);
    CHECK(tree.record_size == 11);
    CHECK(tree.depth == 1);
    CHECK(tree.root == 0x472);
    CHECK(tree.root_records == 10);
    CHECK(tree.total_records == 400);
}

TEST_CASE("B-tree version 2: an empty tree has no root")
{
    auto const empty = patched(
        header, 12, "00 00 64 28 | ff ff ff ff ff ff ff ff | 00 00 | 00 00 00 00 00 00 00 00"
    );
    CHECK(decode(sample_block(sealed(empty))).value().root == undefined_address);
}

TEST_CASE("B-tree version 2: every shorter header is refused, and the error says where")
{
    check_prefixes(header, decode);
}

TEST_CASE("B-tree version 2: what a header must not hold is refused")
{
    CHECK(refusal(patched(header, 0, "'BTLF'")) == errc::bad_signature);
    CHECK(refusal(patched(header, 4, "01")) == errc::unsupported_version);
    CHECK(refusal(patched(header, 5, "00")) == errc::bad_value);
    CHECK(refusal(patched(header, 5, "0c")) == errc::bad_value);
    CHECK(refusal(patched(header, 6, "14 00")) == errc::bad_value);  // no room for a record
    CHECK(refusal(patched(header, 6, "00 00")) == errc::bad_value);
    CHECK(refusal(patched(header, 10, "00 00")) == errc::bad_value);
    CHECK(refusal(patched(header, 10, "ff ff")) == errc::bad_value);
    CHECK(refusal(patched(header, 16, "ff ff ff ff ff ff ff ff")) == errc::bad_value);
    CHECK(refusal(patched(header, 24, "ff ff")) == errc::bad_value);  // more than fit in the root
    CHECK(refusal(patched(header, 26, "09 00")) == errc::bad_value);  // fewer than in the root
    auto const changed = decode(sample_block(patched(header, 26, "91")));
    CHECK(changed.error().code() == errc::bad_checksum);
}

TEST_CASE("B-tree version 2: a depth that would hold more than 2^64 records is refused")
{
    CHECK(refusal(patched(header, 12, "ff ff")) == errc::bad_value);
    CHECK(refusal(patched(header, 12, "40 00")) == errc::bad_value);
    // one record to a leaf and none to the nodes above would be a tree of any depth
    CHECK(refusal(patched(header, 6, "15 00 00 00 0b 00 ff ff")) == errc::bad_value);
    // nor a node that has no room for a single child
    CHECK(refusal(patched(header, 6, "12 00 00 00 08 00")) == errc::bad_value);
    CHECK(decode(sample_block(sealed(patched(header, 12, "08 00")))).has_value());
}

TEST_CASE("B-tree version 2: internal nodes have a child more than records")
{
    auto const node = decode_btree_v2_node(sample_block(root), tree, 1, 10, sizes).value();
    REQUIRE(node.records.size() == 10);
    CHECK(node.records[0].size() == 11);
    CHECK(node.records[9].at == sample_at + 6 + 9 * 11);
    REQUIRE(node.children.size() == 11);
    CHECK(node.children[0].address == 0x272);
    CHECK(node.children[0].records == 0x29);
    CHECK(node.children[10].address == 0x1072);
    // h5py counts 400 links
    std::uint64_t all = node.records.size();
    for (auto const& child : node.children)
        all += child.records;
    CHECK(all == tree.total_records);
}

TEST_CASE("B-tree version 2: above level 1, children say how many records are below")
{
    auto deep = tree;
    deep.depth = 2;
    // at most 45 records in a leaf and 24 above it: 1149 in all take two bytes
    auto const b = sealed(hex("'BTIN' 00 05"
                              "5b 58 82 1e 00 31 12 00 00 1e 00"
                              "72 02 00 00 00 00 00 00 18 7d 04"
                              "72 12 00 00 00 00 00 00 01 02 00"
                              "00 00 00 00"));
    auto const node = decode_btree_v2_node(sample_block(b), deep, 2, 1, sizes).value();
    REQUIRE(node.children.size() == 2);
    CHECK(node.children[0].records == 24);
    CHECK(node.children[1].address == 0x1272);
    auto const too_many = sealed(patched(b, 26, "7e"));
    CHECK(
        decode_btree_v2_node(sample_block(too_many), deep, 2, 1, sizes).error().code() ==
        errc::bad_value
    );
}

TEST_CASE("B-tree version 2: leaves have records only")
{
    auto const node = decode_btree_v2_node(sample_block(leaf), tree, 0, 2, sizes).value();
    REQUIRE(node.records.size() == 2);
    CHECK(node.records[1].bytes[0] == std::byte{0x88});
    CHECK(node.children.empty());
}

TEST_CASE("B-tree version 2: every shorter node is refused, and the error says where")
{
    check_prefixes(root, [](block_view b) { return decode_btree_v2_node(b, tree, 1, 10, sizes); });
    check_prefixes(leaf, [](block_view b) { return decode_btree_v2_node(b, tree, 0, 2, sizes); });
}

TEST_CASE("B-tree version 2: what a node must not hold is refused")
{
    CHECK(node_refusal(leaf, 1, 2) == errc::bad_signature);
    CHECK(node_refusal(root, 0, 10) == errc::bad_signature);
    CHECK(node_refusal(patched(leaf, 4, "01"), 0, 2) == errc::unsupported_version);
    CHECK(node_refusal(patched(leaf, 5, "06"), 0, 2) == errc::bad_value);
    CHECK(
        node_refusal(patched(root, root_children, "ff ff ff ff ff ff ff ff"), 1, 10) ==
        errc::bad_value
    );
    CHECK(node_refusal(patched(root, root_children + 8, "2e"), 1, 10) == errc::bad_value);
    auto const changed =
        decode_btree_v2_node(sample_block(patched(leaf, 7, "00")), tree, 0, 2, sizes);
    CHECK(changed.error().code() == errc::bad_checksum);
}

TEST_CASE("B-tree version 2: a parent cannot ask for more records or levels than there are")
{
    CHECK(node_refusal(leaf, 0, 46) == errc::bad_value);
    CHECK(node_refusal(leaf, 0, ~std::uint64_t{0}) == errc::bad_value);
    CHECK(node_refusal(root, 1, 25) == errc::bad_value);
    CHECK(node_refusal(root, 2, 1) == errc::bad_value);
}
