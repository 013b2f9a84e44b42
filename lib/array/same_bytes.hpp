/// \file
/// Whether elements of one type are elements of another as they are.

#pragma once

#include <lindi/hdf5/message/datatype.hpp>

namespace lindi::array {

/// Types that are the same. Never for elements that point into a heap.
bool same_bytes(hdf5::datatype const& a, hdf5::datatype const& b);

/// As above, where one of the types comes from a form that has fewer: enumerations and bitfields
/// are whole numbers, a boolean has no sign, and opaque bytes no tag.
bool same_bytes_loosely(hdf5::datatype const& a, hdf5::datatype const& b);

}  // namespace lindi::array
