/// \file
/// Parts of a dataset, for readers of other datasets that are made of them.

#pragma once

#include <lindi/array/hyperslab.hpp>
#include <lindi/node/file.hpp>

namespace lindi::array {

/// \param depth  of virtual datasets in virtual datasets
/// \return element_count(box) * size bytes, at most limits.inline_bytes
task<result<lindi::bytes>>
read_box(node::file& f, node::dataset const& data, hyperslab box, unsigned depth);

}  // namespace lindi::array
