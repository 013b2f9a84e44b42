/// \file
/// A reference document and the changes made to it: the keys as they are now, in order, and the
/// text they make.

#pragma once

#include <lindi/core/limits.hpp>
#include <lindi/lindi/json_writer.hpp>
#include <lindi/lindi/reference_document.hpp>

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lindi::edit {

/// Values are handed in and out as they stand in a document: `{...}`, `"..."`, `["url", 0, 8]`.
class changed_document {
public:
    /// A document that has a root group and nothing else.
    static changed_document empty();
    /// \param from  pays for the places of the keys
    /// \return the document, nothing changed; or what reference_document::parse says, and
    ///   errc::bad_value for keys that are no JSON
    static result<changed_document> parse(block text, budget& from);

    bool has(std::string_view key) const;
    /// \return the value, until the next change; nothing when there is none
    std::optional<std::string_view> find(std::string_view key) const;
    /// The first key from here on; nothing at the end. It lives until the next change.
    std::optional<std::string_view> key_from(std::string_view from) const;

    void set(std::string_view key, std::string value);
    bool erase(std::string_view key);

    std::optional<std::string_view> member(std::string_view name) const;
    void set_member(std::string_view name, std::string json);

    /// What the document was made from: knows the templates.
    rfs::reference_document const& base() const noexcept { return base_; }

    /// Writes the document: keys in order of bytes, one a line; first the members beside `refs`.
    void write(rfs::json_writer& out) const;

private:
    struct base_key {
        std::string_view key;
        std::size_t number = 0;  ///< in the document
    };
    using base_place = std::vector<base_key>::const_iterator;

    result<void> take_keys(budget& from);
    base_place first_from(std::string_view key) const;
    bool is_covered(base_key const& key) const { return changes_.contains(key.key); }
    void write_members(rfs::json_writer& out) const;
    void write_references(rfs::json_writer& out) const;

    rfs::reference_document base_;
    std::vector<base_key> keys_;         ///< of base_, in order of bytes
    std::deque<std::string> unescaped_;  ///< keys that do not stand in the text as they are
    /// What differs from base_; nothing: erased.
    std::map<std::string, std::optional<std::string>, std::less<>> changes_;
    std::map<std::string, std::string, std::less<>> members_;
};

}  // namespace lindi::edit
