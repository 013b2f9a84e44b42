#include "dump_selection.hpp"

namespace lindi::tools {
namespace {

void write_numbers(json_writer& w, std::span<std::uint64_t const> list)
{
    w.begin_array();
    for (auto const n : list)
        w.number(n);
    w.end_array();
}

void write_block(json_writer& w, selection_facts::block const& b)
{
    w.begin_array();
    write_numbers(w, b.first);
    write_numbers(w, b.last);
    w.end_array();
}

void put_slab_field(
    json_writer& w,
    char const* key,
    std::vector<hdf5::selection::slab> const& slabs,
    std::uint64_t hdf5::selection::slab::*field
)
{
    w.key(key);
    w.begin_array();
    for (auto const& s : slabs) {
        if (s.*field == hdf5::unlimited)
            w.null();
        else
            w.number(s.*field);
    }
    w.end_array();
}

void put_regular(json_writer& w, std::vector<hdf5::selection::slab> const& slabs)
{
    using slab = hdf5::selection::slab;
    w.key("regular");
    w.begin_object();
    put_slab_field(w, "start", slabs, &slab::start);
    put_slab_field(w, "stride", slabs, &slab::stride);
    put_slab_field(w, "count", slabs, &slab::count);
    put_slab_field(w, "block", slabs, &slab::block);
    w.end_object();
}

void put_lists(json_writer& w, selection_facts const& facts)
{
    if (!facts.points.empty()) {
        w.key("points");
        w.begin_array();
        for (auto const& point : facts.points)
            write_numbers(w, point);
        w.end_array();
    }
    if (!facts.regular.empty())
        put_regular(w, facts.regular);
    if (!facts.blocks.empty()) {
        w.key("blocks");
        w.begin_array();
        for (auto const& b : facts.blocks)
            write_block(w, b);
        w.end_array();
    }
}

}  // namespace

void write_selection(json_writer& w, hdf5::selection const& selected, element_extents extent)
{
    auto const facts = describe_selection(selected, extent);
    w.begin_object();
    w.member("type", facts.type);
    w.key("extent");
    write_numbers(w, extent);
    w.key("npoints");
    facts.element_count ? w.number(*facts.element_count) : w.null();
    if (facts.bounds) {
        w.key("bounds");
        write_block(w, *facts.bounds);
    }
    put_lists(w, facts);
    w.key("index_sha256");
    facts.index_sum ? w.string(*facts.index_sum) : w.null();
    if (facts.error != nullptr)
        w.member("error", facts.error);
    w.end_object();
}

}  // namespace lindi::tools
