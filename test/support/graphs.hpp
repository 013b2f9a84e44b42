/// \file
/// Node graphs filled by hand.

#pragma once

#include "types.hpp"

#include <lindi/node/graph.hpp>

#include <utility>

namespace lindi::test {

inline hdf5::dataspace shape_of(std::vector<std::uint64_t> extents)
{
    hdf5::dataspace out;
    out.what = extents.empty() ? hdf5::dataspace::kind::scalar : hdf5::dataspace::kind::simple;
    out.max_extents = extents;
    out.extents = std::move(extents);
    return out;
}

inline node::attribute attribute(
    std::string name,
    hdf5::datatype_ptr type,
    std::vector<std::uint64_t> extents,
    lindi::bytes value
)
{
    node::attribute out;
    out.name = std::move(name);
    out.type = std::move(type);
    out.space = shape_of(std::move(extents));
    out.value = std::move(value);
    return out;
}

inline node::attribute text_attribute(std::string name, std::string_view text)
{
    auto const value = as_bytes(text);
    auto type = fixed_string(static_cast<std::uint32_t>(text.size()));
    return attribute(std::move(name), std::move(type), {}, {value.begin(), value.end()});
}

/// A graph with a root group; objects are added to it and linked by name.
class graph_builder {
public:
    graph_builder()
    {
        g.file.size = 1'000'000;
        g.root = add_group();
    }

    node::object_id add_group()
    {
        auto& o = add(node::object_kind::group);
        o.group = std::make_unique<node::group>();
        return last();
    }

    node::object_id add_dataset(hdf5::datatype_ptr type, std::vector<std::uint64_t> extents)
    {
        auto& o = add(node::object_kind::dataset);
        o.dataset = std::make_unique<node::dataset>();
        o.dataset->type = std::move(type);
        o.dataset->space = shape_of(std::move(extents));
        o.dataset->contiguous_size = o.dataset->space.element_count() * o.dataset->type->size;
        return last();
    }

    /// Numbers in one piece at `offset`.
    node::object_id add_contiguous(std::vector<std::uint64_t> extents, std::uint64_t offset)
    {
        auto const id = add_dataset(integer(4), std::move(extents));
        data(id).offset = offset;
        return id;
    }

    node::object_id add_type()
    {
        add(node::object_kind::datatype).type = integer(4);
        return last();
    }

    node::dataset& data(node::object_id id) { return *g.objects[id].dataset; }
    node::group& group(node::object_id id) { return *g.objects[id].group; }

    void link(node::object_id in, std::string name, node::object_id to)
    {
        group(in).links.push_back({std::move(name), {}, {}, node::hard_link{to}});
    }
    void soft_link(node::object_id in, std::string name, std::string path)
    {
        group(in).links.push_back({std::move(name), {}, {}, node::soft_link{std::move(path)}});
    }

    node::graph g;

private:
    node::object& add(node::object_kind kind)
    {
        auto& o = g.objects.emplace_back();
        o.kind = kind;
        o.address = 100 * g.objects.size();
        g.by_address.emplace(o.address, last());
        return o;
    }
    node::object_id last() const { return static_cast<node::object_id>(g.objects.size() - 1); }
};

/// What references to an object hold: its address.
inline lindi::bytes address_bytes(std::uint64_t address)
{
    lindi::bytes out;
    for (int i = 0; i < 8; ++i)
        out.push_back(static_cast<std::byte>(address >> (8 * i)));
    return out;
}

}  // namespace lindi::test
