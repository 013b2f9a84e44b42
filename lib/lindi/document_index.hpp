/// \file
/// Keys of a reference file by the object they belong to.

#pragma once

#include <lindi/lindi/reference_document.hpp>

#include <map>
#include <optional>
#include <string>

namespace lindi::rfs {

/// One of .zgroup, .zarray and .zattrs.
struct metadata_key {
    static constexpr std::size_t none = ~std::size_t{0};

    std::size_t key = none;  ///< its number in the document
    std::string owned;       ///< the text, where it is not in the document as it is
    std::string_view text;
    std::optional<error> failure;  ///< why there is no text

    bool there() const noexcept { return key != none; }
};

struct node_keys {
    metadata_key group, array, attributes;
};

/// By path, parents in front of what is in them; "" is the root.
using document_index = std::map<std::string, node_keys>;

/// A key as text, without escapes.
std::string key_text(std::string_view raw_key);

/// The part of a key in front of its last slash, and the part behind it.
struct split_key {
    std::string_view folder;
    std::string_view leaf;
};
split_key split(std::string_view key) noexcept;

bool is_metadata(std::string_view leaf) noexcept;

/// Finds the metadata of all objects; of keys that are there twice the last one counts.
/// \return the index; or errc::too_large (memory)
result<document_index> index_document(reference_document const& document, budget& from);

}  // namespace lindi::rfs
