#include "sample.hpp"

#include <lindi/hdf5/btree_v1.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

constexpr file_sizes sizes{8, 8};

// The tree of a root group with one symbol table node, written by h5py 3.7; behind it, unused room.
auto const leaf = hex("'TREE' 00 00 01 00"         // groups, level 0, one child
                      "ff ff ff ff ff ff ff ff"    // left sibling
                      "ff ff ff ff ff ff ff ff"    // right sibling
                      "00 00 00 00 00 00 00 00"    // key: name offset
                      "e0 05 00 00 00 00 00 00"    // child
                      "28 00 00 00 00 00 00 00");  // key

result<group_node> decode(block_view b)
{
    return decode_group_node(b, sizes);
}

std::error_code refusal(bytes const& b)
{
    auto const decoded = decode(sample_block(b));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

}  // namespace

TEST_CASE("group B-tree node: a leaf leads to symbol table nodes")
{
    auto const node = decode(sample_block(leaf)).value();
    CHECK(node.level == 0);
    CHECK(node.children == std::vector<std::uint64_t>{0x5e0});
}

TEST_CASE("group B-tree node: children alternate with keys")
{
    auto const two = joined(
        patched(leaf, 4, "00 02 02"), hex("00 07 00 00 00 00 00 00 | 60 00 00 00 00 00 00 00")
    );
    auto const node = decode(sample_block(two)).value();
    CHECK(node.level == 2);
    CHECK(node.children == std::vector<std::uint64_t>{0x5e0, 0x700});
}

TEST_CASE("group B-tree node: keys are as wide as lengths, addresses as offsets")
{
    auto const narrow = hex("'TREE' 00 00 01 00 | ff ff ff ff | 00 00 00 00 | e0 05 | 28 00 00 00");
    CHECK(
        decode_group_node(sample_block(narrow), {2, 4}).value().children ==
        std::vector<std::uint64_t>{0x5e0}
    );
}

TEST_CASE("group B-tree node: an empty group has an empty leaf")
{
    CHECK(decode(sample_block(patched(leaf, 6, "00"))).value().children.empty());
}

TEST_CASE("group B-tree node: every shorter one is refused, and the error says where")
{
    check_prefixes(leaf, decode);
    CHECK(group_node_size(sizes, 16) == 24 + 32 * 16 + 8);
}

TEST_CASE("group B-tree node: what it must not hold is refused")
{
    CHECK(refusal(patched(leaf, 0, "'SNOD'")) == errc::bad_signature);
    CHECK(refusal(patched(leaf, 4, "01")) == errc::bad_value);
    CHECK(refusal(patched(leaf, 6, "ff ff")) == errc::truncated);
    CHECK(refusal(patched(leaf, 32, "ff ff ff ff ff ff ff ff")) == errc::bad_value);
}
