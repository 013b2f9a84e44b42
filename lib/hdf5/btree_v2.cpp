#include <lindi/core/checked.hpp>
#include <lindi/hdf5/btree_v2.hpp>
#include <lindi/hdf5/checksum.hpp>

#include <bit>

namespace lindi::hdf5 {
namespace {

constexpr char const* header_name = "B-tree version 2 header";
constexpr char const* node_name = "B-tree version 2 node";

/// Signature, version, type and checksum of a node.
constexpr std::uint64_t node_frame = 10;

/// How many records fit at a level, and how wide its fields are.
struct level_shape {
    std::uint64_t records = 0;        ///< most records of one node
    std::uint64_t total_records = 0;  ///< most records of a node and everything below it
    unsigned pointer_size = 0;        ///< bytes of a child pointer; 0 in leaves
    unsigned count_width = 0;         ///< bytes of the records of a child
    unsigned total_width = 0;         ///< bytes of the records below a child; 0: not stored
};

/// Bytes that hold every number up to `most`; at least 1.
unsigned width_for(std::uint64_t most)
{
    return most == 0 ? 1 : (static_cast<unsigned>(std::bit_width(most)) + 7) / 8;
}

level_shape leaf_shape(btree_v2 const& tree)
{
    level_shape out;
    out.records = (tree.node_size - node_frame) / tree.record_size;
    out.total_records = out.records;
    return out;
}

/// \param leaf_records  decides the width of counts at all levels, unlike the specification's
///   "maximum number of records of a child": libhdf5 writes it so
/// \return nothing when the node has no room, or the tree could have more than 2^64 records
std::optional<level_shape> shape_above(
    level_shape const& below,
    bool below_is_leaf,
    btree_v2 const& tree,
    std::uint64_t leaf_records,
    file_sizes sizes
)
{
    level_shape out;
    out.count_width = width_for(leaf_records);
    out.total_width = below_is_leaf ? 0 : width_for(below.total_records);
    out.pointer_size = sizes.offsets + out.count_width + out.total_width;
    auto const frame = node_frame + out.pointer_size;
    if (tree.node_size < frame)
        return std::nullopt;
    out.records = (tree.node_size - frame) / (tree.record_size + out.pointer_size);
    auto const below_all = checked_multiply(out.records + 1, below.total_records);
    auto const total = below_all ? checked_add(*below_all, out.records) : std::nullopt;
    if (out.records == 0 || !total)
        return std::nullopt;
    out.total_records = *total;
    return out;
}

/// Ends after 64 levels at most: the records that fit below double at least from level to level.
/// \return the shapes of `level` and the one below it (itself for a leaf)
std::optional<std::pair<level_shape, level_shape>>
shapes_at(btree_v2 const& tree, unsigned level, file_sizes sizes)
{
    auto below = leaf_shape(tree);
    auto here = below;
    auto const leaf_records = below.records;
    for (unsigned i = 1; i <= level; ++i) {
        below = here;
        auto const next = shape_above(below, i == 1, tree, leaf_records, sizes);
        if (!next)
            return std::nullopt;
        here = *next;
    }
    return std::pair(here, below);
}

void check_shape(cursor& c, btree_v2 const& tree, file_sizes sizes)
{
    c.require(tree.record_size != 0, errc::bad_value, "record size is 0");
    if (!c.require(
            tree.node_size >= node_frame + tree.record_size,
            errc::bad_value,
            "nodes too small for a record"
        ))
        return;
    auto const shapes = shapes_at(tree, tree.depth, sizes);
    if (!c.require(shapes.has_value(), errc::bad_value, "deeper than nodes of its size allow"))
        return;
    c.require(
        tree.root_records <= shapes->first.records, errc::bad_value, "root with too many records"
    );
}

void check_root(cursor& c, btree_v2 const& tree)
{
    if (tree.root != undefined_address) {
        c.require(
            tree.root_records <= tree.total_records,
            errc::bad_value,
            "more records in the root than in all"
        );
        return;
    }
    auto const empty = tree.depth == 0 && tree.root_records == 0 && tree.total_records == 0;
    c.require(empty, errc::bad_value, "records, but no root");
}

btree_v2_child
read_child(cursor& c, level_shape const& here, level_shape const& below, file_sizes sizes)
{
    btree_v2_child out;
    out.address = sizes.read_address(c);
    c.require(out.address != undefined_address, errc::bad_value, "undefined child address");
    out.records = c.uint(here.count_width);
    c.require(out.records <= below.records, errc::bad_value, "child with too many records");
    auto const total = c.uint(here.total_width);
    c.require(
        here.total_width == 0 || (total >= out.records && total <= below.total_records),
        errc::bad_value,
        "impossible number of records below a child"
    );
    return out;
}

void read_frame(cursor& c, btree_v2_type type, bool leaf)
{
    c.expect_signature(leaf ? "BTLF" : "BTIN");
    c.expect_version(0, 0);
    c.require(c.u8() == static_cast<std::uint8_t>(type), errc::bad_value, "type of another tree");
}

}  // namespace

result<btree_v2> decode_btree_v2(block_view b, file_sizes sizes)
{
    cursor c(b, header_name);
    c.expect_signature("BTHD");
    c.expect_version(0, 0);
    btree_v2 out;
    auto const type = c.u8();
    c.require(type >= 1 && type <= 11, errc::bad_value, "unknown record type");
    out.type = static_cast<btree_v2_type>(type);
    out.node_size = c.u32();
    out.record_size = c.u16();
    out.depth = c.u16();
    c.skip(2);  // when to split and merge nodes
    out.root = sizes.read_address(c);
    out.root_records = c.u16();
    out.total_records = sizes.read_length(c);
    expect_checksum(c, b);
    if (c.ok())
        check_shape(c, out, sizes);
    check_root(c, out);
    return c.finish(out);
}

result<btree_v2_node> decode_btree_v2_node(
    block_view b, btree_v2 const& tree, unsigned level, std::uint64_t records, file_sizes sizes
)
{
    cursor c(b, node_name);
    if (!c.require(level <= tree.depth, errc::bad_value, "level above the root"))
        return c.failure();
    auto const shapes = shapes_at(tree, level, sizes);
    if (!c.require(shapes && records <= shapes->first.records, errc::bad_value, "too many records"))
        return c.failure();
    auto const& [here, below] = *shapes;

    read_frame(c, tree.type, level == 0);
    if (!c.room_for(records, tree.record_size))
        return c.failure();
    btree_v2_node out;
    out.records.reserve(static_cast<std::size_t>(records));
    for (std::uint64_t i = 0; i < records; ++i)
        out.records.push_back(c.take(tree.record_size));
    auto const children = level == 0 ? 0 : records + 1;
    if (!c.room_for(children, here.pointer_size))
        return c.failure();
    out.children.reserve(static_cast<std::size_t>(children));
    for (std::uint64_t i = 0; i < children; ++i)
        out.children.push_back(read_child(c, here, below, sizes));
    expect_checksum(c, b);
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
