/// \file
/// Zarr dtypes as HDF5 types: the way back from dtype.hpp.

#pragma once

#include <lindi/core/json_reader.hpp>
#include <lindi/hdf5/message/datatype.hpp>

#include <string_view>

namespace lindi::zarr {

/// What the items of a chunk are.
struct stored_type {
    enum class form {
        same,     ///< their bytes are elements of `element`
        unicode,  ///< UTF-32, `item_size` / 4 code points; elements are variable-length strings
        objects,  ///< "|O": what a codec makes of them says what they are
    };

    form how = form::same;
    std::uint64_t item_size = 0;  ///< bytes; 0 for objects
    bool big_endian = false;
    bool is_number = false;      ///< i, u or f of numpy: short chunks are filled up with zeros
    hdf5::datatype_ptr element;  ///< null for objects
};

/// \param dtype  "<i4", "|b1", "|S7", "<U3", "|O", "<c8", "|V5", "<M8[us]", "<f16", or numpy's
/// names
///   as in _COMPOUND_DTYPE: "int32", "bool"
/// \return the type; or errc::unsupported, errc::bad_value
[[nodiscard]] result<stored_type> type_of_dtype(std::string_view dtype);

/// As above for what stands in a .zarray: text, or a list of fields
/// `[["a","<i4"],["b","|S3",[2]]]`.
[[nodiscard]] stored_type take_dtype(json_reader& r);

/// The types that values without a dtype get.
hdf5::datatype_ptr integer_type(unsigned size, bool is_signed, bool big_endian = false);
hdf5::datatype_ptr float_type(unsigned size, bool big_endian = false);
/// An enumeration of FALSE and TRUE in one byte, as h5py has it.
hdf5::datatype_ptr boolean_type();
/// A variable-length string, UTF-8.
hdf5::datatype_ptr text_type();
hdf5::datatype_ptr object_reference_type();
hdf5::datatype_ptr sequence_type(hdf5::datatype_ptr base);
/// Members that lie one behind the other.
/// \pre names and types are as many, at least one
/// \return the type; or errc::too_large: more than 4096 members, or more than 2 GiB
[[nodiscard]] result<hdf5::datatype_ptr>
compound_type(std::vector<std::string> names, std::vector<hdf5::datatype_ptr> types);

}  // namespace lindi::zarr
