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

/// \return whether the reference was changed
using reference_change = std::function<bool(stored_reference&)>;

/// Changes references wherever they are: attributes and elements. Looks at all attributes and all
/// object arrays of the file.
result<void> change_references(file_state& file, reference_change const& change);

/// As above in one JSON value. \return whether anything was changed
bool change_references(std::string& json, reference_change const& change);

}  // namespace lindi::edit
