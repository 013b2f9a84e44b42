/// \file
/// Where a LINDI document lies, and what the names in it mean there: the rules of trust.

#pragma once

#include <lindi/core/error.hpp>
#include <lindi/open/open_tree.hpp>

#include <string>

namespace lindi::open {

struct document_place {
    bool is_remote = false;
    std::string folder;  ///< path, or URL up to and with its last slash

    /// \param path_or_url  of the document; of a LINDI directory, that of the document in it
    static document_place of(std::string const& path_or_url);
};

/// A name that may be opened.
struct allowed_name {
    std::string path_or_url;
    bool same_server = true;  ///< as the document's; local files have the same as local documents
};

/// What a name in a document means.
/// \return what to open; or std::errc::permission_denied with the rule, errc::unsupported for URLs
///   of other schemes
[[nodiscard]] result<allowed_name>
resolve_name(document_place const& place, trust const& rules, std::string const& name);

}  // namespace lindi::open
