/// \file
/// All elements of a dataset, for readers of other datasets that are made of them.

#pragma once

#include <lindi/node/file.hpp>

namespace lindi::array {

/// \param depth  of virtual datasets in virtual datasets
/// \return element_count * size bytes, at most limits.inline_bytes
task<result<lindi::bytes>> read_whole(node::file& f, node::dataset const& data, unsigned depth);

}  // namespace lindi::array
