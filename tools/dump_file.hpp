/// \file
/// The canonical JSON of a whole file.

#pragma once

#include <lindi/node/graph.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace lindi::tools {

/// Writes one document, one object a line, sorted by path. Stops early when `out` fails.
/// \return what could not be decoded, a line each; or errc::too_large
result<std::vector<std::string>>
write_dump(node::graph const& g, std::ostream& out, std::uint64_t max_path_bytes);

}  // namespace lindi::tools
