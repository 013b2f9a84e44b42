/// \file
/// Attributes of an object, compact or dense, shared or not.

#pragma once

#include "object_header_reader.hpp"

namespace lindi::node {

/// Reads all attributes of the object into `out`: attributes, how they are kept, problems.
/// What their elements point to in the global heap is read too.
/// \param header  the caller keeps it alive
/// \param out     lies in f.contents
task<void> read_attributes(file& f, object_header const& header, object& out);

}  // namespace lindi::node
