/// \file
/// Numbers of this machine as items of a Zarr chunk.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>
#include <lindi/edit/native_numbers.hpp>
#include <lindi/hdf5/message/datatype.hpp>

namespace lindi::edit {

/// Integers fit exactly or are refused, floats are rounded to the nearest one, booleans are 0
/// and 1. \param type  integer, IEEE float of at most 8 bytes, or h5py's boolean \return count() *
/// type.size bytes; or errc::bad_value (a number that the type does not have, and
///   which one), errc::unsupported (another type)
[[nodiscard]] result<lindi::bytes>
items_of_numbers(native_numbers const& numbers, hdf5::datatype const& type);

}  // namespace lindi::edit
