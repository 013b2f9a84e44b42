/// \file
/// The canonical JSON of a whole file.

#pragma once

#include "dump_data.hpp"

#include <lindi/core/limits.hpp>
#include <lindi/node/graph.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace lindi::tools {

/// Writes one document, one object a line, sorted by path. Stops early when `out` fails.
/// \param max  memory: of all paths; output_bytes: of the document, which is cut there and says so
/// \param read  gives the elements that are summed up; null: none are
/// \return what could not be decoded, a line each; or errc::too_large (memory)
result<std::vector<std::string>>
write_dump(node::graph const& g, std::ostream& out, limits const& max, element_reader const& read);

}  // namespace lindi::tools
