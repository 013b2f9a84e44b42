/// \file
/// `fill_value` of .zarray: what readers take for chunks that are not there.

#pragma once

#include <lindi/hdf5/message/fill_value.hpp>
#include <lindi/zarr/dtype.hpp>

namespace lindi::zarr {

/// Zarr's default for the type, as JSON text: for arrays whose data are complete.
std::string default_fill_value(item_type const& item);

/// HDF5's fill value as JSON text: integers as they are, floats widened to double (negative zero as
/// 0.0), "NaN", "Infinity" and "-Infinity" as strings. Undefined fill values count as zero, as they
/// read.
///
/// \return the text; or errc::unsupported when Zarr cannot say it (not a number, or an array type
///   with different values), errc::bad_value when its size is not the type's
[[nodiscard]] result<std::string>
fill_value_text(item_type const& item, hdf5::datatype const& type, hdf5::fill_value const& fill);

}  // namespace lindi::zarr
