/// \file
/// Elements as cells of a table.

#pragma once

#include <lindi/node/graph.hpp>

#include <string>
#include <vector>

namespace lindi::tools {

/// Texts as they are, floating-point numbers as Python writes them, names of enumerations, paths of
/// references, nothing for what was never written; anything else as JSON
/// (lindi/api/element_json.hpp). \param paths    of each object \param element  type.size bytes
[[nodiscard]] result<std::string> cell_text(
    node::graph const& g,
    std::vector<std::string> const& paths,
    hdf5::datatype const& type,
    std::span<std::byte const> element
);

}  // namespace lindi::tools
