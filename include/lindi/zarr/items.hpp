/// \file
/// Elements as HDF5 stores them -> items of a Zarr chunk.

#pragma once

#include <lindi/zarr/dtype.hpp>

#include <span>

namespace lindi::zarr {

/// Converts whole elements to items of `item`, one after the other: widens odd numbers, writes
/// booleans as 0 and 1, pads strings with NUL. Copies when the type is stored as it is.
///
/// \param elements  a multiple of item.element's size
/// \pre item.kind is not objects
/// \return count * item.size bytes
lindi::bytes convert_items(item_type const& item, std::span<std::byte const> elements);

/// The same type in little-endian, for scalars: Python lindi writes them in native order.
item_type little_endian(item_type item);

}  // namespace lindi::zarr
