/// \file
/// Brings the global heap collections that elements point to into the graph's store.

#pragma once

#include <lindi/node/file.hpp>

namespace lindi::node {

/// Reads every collection that `elements` of `type` name and that is not there yet, and those that
/// the elements found there name, level by level. A collection that cannot be read is kept with its
/// error: decoding the value tells. \param elements  whole elements in the file's type; the caller
/// keeps them alive \return nothing; or errc::too_large (memory)
task<result<void>>
load_heaps(file& f, hdf5::datatype_ptr type, std::span<std::byte const> elements);

/// Whether load_heaps would surely find nothing to read. Looks at a few elements only.
bool are_heaps_loaded(
    file const& f, hdf5::datatype const& type, std::span<std::byte const> elements
);

}  // namespace lindi::node
