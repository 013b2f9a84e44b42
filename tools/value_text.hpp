/// \file
/// Attribute values as people read them.

#pragma once

#include <lindi/node/graph.hpp>

#include <string>
#include <vector>

namespace lindi::tools {

/// "5", "1.5", "\"text\"", "[1, 2, 3]", "</path/of/a/reference>"; null heap ids and references as
/// "null". \param paths      of each object, for references \param max_bytes  longer text is cut
/// and ends in "..." \return the text; or why the value cannot be decoded
[[nodiscard]] result<std::string> value_text(
    node::graph const& g,
    std::vector<std::string> const& paths,
    node::attribute const& attribute,
    std::size_t max_bytes
);

}  // namespace lindi::tools
