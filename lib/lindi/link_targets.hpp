/// \file Where soft links lead, for many links: groups get an index of their names when they are
/// first asked.

#pragma once

#include <lindi/node/graph.hpp>

#include <string_view>
#include <unordered_map>

namespace lindi::rfs {

class link_targets {
public:
    explicit link_targets(node::graph const& g) : graph_(&g) {}

    /// The object at an absolute path, soft links on the way followed; no_object when it leads
    /// nowhere, out of the file, or round in circles, and when all links together have cost too
    /// much.
    node::object_id find(std::string_view path);

private:
    using name_index = std::unordered_map<std::string_view, node::link const*>;

    node::object_id walk(node::object_id from, std::string_view path, unsigned& links_left);
    node::link const* find_link(node::object_id group, std::string_view name);

    node::graph const* graph_;
    std::unordered_map<node::object_id, name_index> indexes_;
    std::uint64_t steps_left_ = 50'000'000;
};

}  // namespace lindi::rfs
