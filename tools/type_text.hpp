/// \file
/// Types, shapes and filters as people read them.

#pragma once

#include <lindi/hdf5/message/dataspace.hpp>
#include <lindi/hdf5/message/datatype.hpp>
#include <lindi/hdf5/message/filter_pipeline.hpp>

#include <span>
#include <string>

namespace lindi::tools {

/// "int32", "float64be", "string", "string[9]", "compound{x: float32, y: float32}", "enum
/// int8{NO=0, YES=1}". Long lists of members end in "...".
std::string type_text(hdf5::datatype const& type);

/// "(100, 4)", with a maximum "(100, 4) of (*, 4)"; "scalar", "null".
std::string shape_text(hdf5::dataspace const& space);
std::string tuple_text(std::span<std::uint64_t const> numbers);

/// "shuffle, deflate(4)"; filters without a known name by their own one or their number.
std::string filters_text(hdf5::filter_pipeline const& pipeline);

}  // namespace lindi::tools
