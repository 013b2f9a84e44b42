/// \file
/// Compound types as rows of plain fields: `_COMPOUND_DTYPE`. doc/lindi.md, "Compounds".

#pragma once

#include <lindi/hdf5/message/datatype.hpp>

#include <string>
#include <vector>

namespace lindi::rfs {

/// A field of a row.
struct row_field {
    std::string name;
    std::uint64_t offset = 0;  ///< bytes from the start of the element
    hdf5::datatype_ptr type;
    /// numpy's text of the type, or "<REFERENCE>"; empty for variable-length strings, whose width
    /// depends on the data.
    std::string dtype;
};

/// More fields than this are no table any more.
inline constexpr std::size_t max_row_fields = 4096;

/// The fields in order. Fields of compounds inside are named "outer.inner", elements of arrays
/// "a_0", "a_1", or "a_0_1": readers know plain fields only.
/// \return the fields; or errc::too_large, errc::unsupported (a type without a form),
///   errc::bad_value (a field outside the element)
[[nodiscard]] result<std::vector<row_field>> row_fields(hdf5::datatype const& type);

/// `[["a","int32"],...]`
/// \param widths  of variable-length strings in code points, one per field; others are not looked
///   at
std::string
compound_dtype_text(std::vector<row_field> const& fields, std::vector<std::uint64_t> const& widths);

}  // namespace lindi::rfs
