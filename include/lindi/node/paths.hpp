/// \file
/// Names of objects: the first path on which a depth-first walk over hard links meets each.

#pragma once

#include <lindi/node/graph.hpp>

#include <functional>
#include <string>
#include <vector>

namespace lindi::node {

enum class walk_order {
    by_name,  ///< links of a group in byte order of their names
    native,   ///< links as stored: what libhdf5's H5_INDEX_NAME/H5_ITER_NATIVE gives
};

/// One path per object, absolute ("/" is the root); empty for objects that no hard link reaches,
/// and for those whose path would be over 64 KiB long.
std::vector<std::string> first_paths(graph const& g, walk_order order);

/// Indices of a group's links in the order asked for.
std::vector<std::size_t> link_order(group const& g, walk_order order);

/// What a path leads to. Hard links only along the way; the last part may be any link.
/// \param path  absolute or relative to the root; repeated and trailing slashes do not matter
/// \return the object, or no_object
object_id find_object(graph const& g, std::string_view path);

/// As above, also following soft links (at most 64).
/// \param from  where relative paths start
object_id resolve(graph const& g, object_id from, std::string_view path);

/// What looking for a path came to.
struct path_target {
    object_id object = no_object;
    bool leaves_file = false;      ///< it leads through an external or user-defined link
    std::uint64_t links_seen = 0;  ///< what looking for it cost
};

/// As `resolve`, and says why there may be no object.
path_target look_up(graph const& g, object_id from, std::string_view path);

/// "path: message" for every problem of the file and of its objects, in order of paths; when that
/// would be too much text, the last line says how many are left out.
std::vector<std::string> all_problems(graph const& g);

}  // namespace lindi::node
