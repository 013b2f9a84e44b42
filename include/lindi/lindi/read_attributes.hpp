/// \file
/// .zattrs as attributes, the way Python lindi shows them. doc/lindi.md, "Reading".

#pragma once

#include <lindi/lindi/json_elements.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lindi::rfs {

/// What .zattrs says of its object, beside the attributes.
struct object_notes {
    std::optional<std::string> soft_link;  ///< `_SOFT_LINK`: its path
    bool is_scalar = false;                ///< `_SCALAR`
    std::string compound_dtype;            ///< `_COMPOUND_DTYPE`: JSON text, empty if there is none
    /// `_EXTERNAL_ARRAY_LINK` to a dataset of an HDF5 file.
    struct array_link {
        std::string url;
        std::string name;
    };
    std::optional<array_link> external;
    std::string object_id;  ///< attribute `object_id`: a text behind a quote, or other JSON text
};

/// \param text  of .zattrs
/// \return the notes; or errc::truncated, errc::bad_value
[[nodiscard]] result<object_notes> read_notes(std::string_view text);

/// One attribute's value.
///   text                   variable-length string; "NaN", "Infinity", "-Infinity": a double
///   number                 integer of 8 bytes, double
///   boolean                as h5py's
///   lists                  arrays of these; without items: of no texts; booleans in lists count as
///                          integers
///   _REFERENCE             object reference
///
/// \param value  JSON text
/// \param most   bytes of the value
/// \return the attribute without name; or errc::unsupported, errc::bad_value, errc::too_large
[[nodiscard]] result<node::attribute>
read_attribute(std::string_view value, element_parts const& to, std::uint64_t most);

/// Whether the name is one of those that say something of the object.
bool is_note(std::string_view name) noexcept;

}  // namespace lindi::rfs
