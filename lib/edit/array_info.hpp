/// \file
/// What is known of a dataset that is open for changes.

#pragma once

#include "json_object.hpp"

#include <lindi/edit/element_type.hpp>
#include <lindi/lindi/read_attributes.hpp>
#include <lindi/zarr/array_form.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace lindi::edit {

struct array_info {
    json_object metadata;  ///< .zarray
    zarr::array_form form;
    std::vector<std::uint64_t> grid;  ///< chunks per dimension of form.shape
    element_type type = element_type::text();
    std::vector<std::uint64_t> widths;  ///< compounds: of their texts in code points, per field
    bool is_scalar = false;
    bool is_linked = false;  ///< its elements are in an HDF5 file: `_EXTERNAL_ARRAY_LINK`
    /// Objects: whether the type comes from values or from whoever made the dataset. If not, the
    /// first value decides.
    bool type_is_known = true;

    /// As users see it: none for a scalar.
    std::vector<std::uint64_t> shape() const
    {
        return is_scalar ? std::vector<std::uint64_t>() : form.shape;
    }
    std::uint64_t chunk_items() const noexcept;
    /// Bytes of an item of a chunk; 0 for objects.
    std::uint64_t item_size() const noexcept { return form.type.item_size; }
};

using array_ptr = std::shared_ptr<array_info const>;

/// Types as a document says them.
class array_types {
public:
    /// \return the type, text for objects whose values have to tell
    static element_type of(zarr::array_form const& form);
    /// \param compound  `_COMPOUND_DTYPE`
    /// \param widths    of its texts, one for each field
    /// \return the type; or errc::bad_value, errc::unsupported
    static result<element_type>
    of_rows(std::string const& compound, std::vector<std::uint64_t>& widths);
};

/// \param metadata  text of .zarray
/// \return what they say; or errc::bad_value, errc::unsupported, errc::unsupported_version
result<array_info> describe_array(std::string_view metadata, rfs::object_notes const& notes);

/// `_COMPOUND_DTYPE`. \param widths  of texts in code points, one per field
std::string compound_dtype_text(element_type const& type, std::vector<std::uint64_t> const& widths);

/// "3.0"; the key of a chunk behind its array's path.
std::string chunk_name(std::vector<std::uint64_t> const& index, char separator);

}  // namespace lindi::edit
