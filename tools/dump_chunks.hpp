/// \file
/// Chunk tables in the canonical JSON of `lindi dump`.

#pragma once

#include "dump_context.hpp"

namespace lindi::tools {

/// Members `chunk`, `chunk_index` and, when the table was loaded, `chunks`.
void put_chunks(json_writer& w, node::dataset const& data);

}  // namespace lindi::tools
