/// \file
/// HDF5 types as Zarr version 2 sees them. doc/lindi.md, "Types".

#pragma once

#include <lindi/hdf5/message/datatype.hpp>

#include <optional>
#include <string>
#include <vector>

namespace lindi::zarr {

enum class item_kind : std::uint8_t {
    integer,
    floating,
    boolean,
    complex,
    fixed_string,
    raw,      ///< opaque bytes and numpy's dates
    objects,  ///< JSON values through the json2 codec
};

/// What an element of a dataset is in a Zarr array.
struct item_type {
    item_kind kind = item_kind::integer;
    std::string dtype;       ///< "<i4"
    std::uint64_t size = 0;  ///< bytes of an item in a chunk; 0 for objects
    bool big_endian = false;
    /// The file's bytes are the chunk's bytes, so that chunks can be references.
    bool as_stored = false;
    /// Dimensions of array types, which Zarr has not: they are appended to the dataset's shape.
    std::vector<std::uint64_t> inner;
    hdf5::datatype_ptr element;  ///< the type inside the array types
    /// Objects: why a value of this type has no JSON form; empty when it has one.
    std::string obstacle;

    /// i, u, f of numpy: what Python lindi calls numeric, and readers fill up with zeros.
    bool is_number() const noexcept
    {
        return kind == item_kind::integer || kind == item_kind::floating;
    }
    std::uint64_t inner_count() const noexcept;
};

/// \return the item type; or errc::unsupported for types without any Zarr form (times, numbers that
///   are too wide), with the reason
[[nodiscard]] result<item_type> item_type_of(hdf5::datatype_ptr const& type);

/// The two parts of a complex number, if this is one: class 11, or a compound of r and i.
struct complex_parts {
    hdf5::datatype_ptr part;
    std::uint64_t imaginary = 0;  ///< byte offset of the imaginary part
    std::uint64_t real = 0;
};
std::optional<complex_parts> as_complex(hdf5::datatype const& type);

}  // namespace lindi::zarr
