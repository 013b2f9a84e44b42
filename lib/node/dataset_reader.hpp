/// \file
/// What the messages of a dataset say: type, shape, storage, filters.

#pragma once

#include "object_header_reader.hpp"

namespace lindi::node {

/// \param header  the caller keeps it alive
/// \param out     object in f.contents; `out.dataset` is made. Storage that cannot be understood is
/// a problem
///   of the object; without type and space there is no dataset
/// \return nothing; or why type or space cannot be read
task<result<void>> read_dataset(file& f, object_header const& header, object& out);

}  // namespace lindi::node
