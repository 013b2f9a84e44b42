/// \file
/// Mappings of a virtual dataset, as the global heap holds them.
/// HDF5 File Format Specification v3.0, III.F "Global Heap Block for Virtual Datasets", versions 0
/// and 1.

#pragma once

#include <lindi/hdf5/selection.hpp>

#include <memory>
#include <string>
#include <vector>

namespace lindi::hdf5 {

/// Never null. Mappings share their texts, as the file may: a name can be long and the mappings
/// many.
using shared_text = std::shared_ptr<std::string const>;

struct virtual_mapping {
    shared_text source_file;     ///< "." is the file itself; may hold printf's %b
    shared_text source_dataset;  ///< path; may hold %b
    selection source;
    selection target;  ///< in the virtual dataset
};

/// \param b  the heap object the layout message points to
/// \return the mappings, or errc::truncated, unsupported_version, bad_checksum, bad_value
[[nodiscard]] result<std::vector<virtual_mapping>>
decode_virtual_mappings(block_view b, file_sizes sizes);

}  // namespace lindi::hdf5
