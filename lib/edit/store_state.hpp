/// \file
/// What a reference_store is made of, and how what it hands out stands in the document.

#pragma once

#include "container_file.hpp"

#include <lindi/edit/reference_store.hpp>

namespace lindi::edit {

/// A chunk as Python lindi writes it: the text itself where it is ASCII, else base 64.
std::string encode_inline(std::span<std::byte const> content);

/// `["url", 0, 8]`, or `["url"]`
std::string
encode_reference(std::string_view url, std::uint64_t offset, std::optional<std::uint64_t> size);

/// Whether text is one JSON value of this kind (none: of any) and nothing more.
result<void> check_json(std::string_view text, json_kind kind);

error refuse(errc code, std::string why);

struct reference_store::state {
    std::unique_ptr<container_file> file;
    changed_document document;
    std::string path;
    limits max;
    bool is_writable = false;
    bool is_changed = false;

    /// Whether anything may be changed.
    result<void> check_change() const;
    // From and to the values of a document.
    result<entry> to_entry(rfs::byte_reference const& from) const;
    result<std::string> to_value(entry const& from) const;
    result<std::string> to_value(inline_json const& from) const;
    result<std::string> to_value(range_of_url const& from) const;
    result<std::string> to_value(stored_blob const& from) const;

    bool has_blobs() const { return file->form() != container::json; }
    /// \return nothing; or errc::too_large
    result<void> set(std::string_view key, std::string value);
};

}  // namespace lindi::edit
