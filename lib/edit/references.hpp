/// \file
/// References of a whole file, kept right when objects move or get another id.

#pragma once

#include "file_state.hpp"

namespace lindi::edit {

/// `{"_REFERENCE": ...}` in parts. The ids are JSON.
struct stored_reference {
    std::string path;  ///< without a slash in front
    std::string object_id = "null";
    std::string source_object_id = "null";
};

/// What becomes of a reference.
enum class verdict : std::uint8_t {
    same,
    changed,
    null,  ///< it leads nowhere any more
};
using reference_change = std::function<verdict(stored_reference&)>;

/// Changes references wherever they are: attributes and elements. Looks at all attributes and all
/// object arrays of the file.
result<void> change_references(file_state& file, reference_change const& change);

/// As above in one JSON value. \return whether anything was changed
bool change_references(std::string& json, reference_change const& change);

/// As above in the attributes of an object; those that are null then go. \return their names
std::vector<std::string> change_references(json_object& attributes, reference_change const& change);

}  // namespace lindi::edit
