/// \file
/// Selections in the canonical JSON of `lindi dump`.

#pragma once

#include "json_writer.hpp"
#include "selection_facts.hpp"

namespace lindi::tools {

/// \param extent  of the dataspace that is selected from
void write_selection(json_writer& w, hdf5::selection const& selected, element_extents extent);

}  // namespace lindi::tools
