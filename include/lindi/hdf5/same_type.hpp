/// \file
/// Equality of datatypes.

#pragma once

#include <lindi/hdf5/message/datatype.hpp>

namespace lindi::hdf5 {

/// Whether two types say the same of elements in everything but padding bits, also in names of
/// members. Not whether both are committed, and in which version they are encoded.
bool same_type(datatype const& a, datatype const& b);

}  // namespace lindi::hdf5
