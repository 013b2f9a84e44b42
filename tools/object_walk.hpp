/// \file
/// Every path of a file: what `ls -r` lists and what `dump` has a record for.

#pragma once

#include <lindi/node/graph.hpp>

#include <string>
#include <vector>

namespace lindi::tools {

/// A link, by the first path that leads to its group.
struct path_entry {
    std::string path;
    node::link const* link = nullptr;          ///< null: where the walk started
    node::object_id object = node::no_object;  ///< hard links: what it leads to
    bool first = true;                         ///< hard links: no path before leads there
};

struct walked_paths {
    std::vector<path_entry>
        entries;  ///< in the order of the walk: groups are entered as soon as they are met
    std::vector<std::string> first_paths;  ///< of each object; empty: not met
};

/// Walks all hard links from an object, the links of a group in byte order of their names.
/// \param path       of `from`; "/" for the root
/// \param max_bytes  of all paths together: deep nesting makes them long
/// \return the paths; or errc::too_large
[[nodiscard]] result<walked_paths>
walk_paths(node::graph const& g, node::object_id from, std::string path, std::uint64_t max_bytes);

/// A path and a name below it.
std::string join_path(std::string_view path, std::string_view name);

}  // namespace lindi::tools
