/// \file
/// A reference file system as it was written: its text, and where the keys are. Nothing is copied,
/// so that it takes little more memory than the text. doc/lindi.md, "Reading".

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/json_reader.hpp>
#include <lindi/core/limits.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lindi::rfs {

/// Content that stands in the document: a JSON string with its quotes, or an object.
struct inline_content {
    std::string_view raw;
};
/// Content in a file.
struct byte_reference {
    std::string_view raw_url;  ///< between its quotes; templates not expanded
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> size;  ///< none: the whole file, kerchunk's `[url]`
};
using reference_value = std::variant<inline_content, byte_reference>;

class reference_document {
public:
    /// \param text  of the document; may have white space behind it
    /// \param from  pays for the places of the keys
    /// \return the document; or errc::truncated, errc::bad_value (no JSON, no references),
    ///   errc::unsupported_version (neither 0 nor 1), errc::unsupported (kerchunk's `gen`),
    ///   errc::too_large
    static result<reference_document> parse(block text, budget& from);

    std::string_view text() const noexcept { return as_text(text_.view.bytes); }

    std::size_t size() const noexcept { return keys_.size(); }
    /// Between its quotes.
    std::string_view raw_key(std::size_t i) const noexcept
    {
        return text().substr(keys_[i].at, keys_[i].size);
    }
    /// \return what the key stands for; or errc::bad_value: a list of another form, a number, ...
    result<reference_value> value(std::size_t i) const;

    /// A url with its templates put in. One pass: what a template brings is not looked at again.
    std::string expand(std::string_view raw_url) const;

    /// Members beside `refs`, as written: `generationMetadata` and whatever else there is.
    struct member {
        std::string_view raw_key;
        std::string_view raw_value;
    };
    std::vector<member> const& other_members() const noexcept { return others_; }

private:
    struct place {
        std::uint64_t at : 40;
        std::uint64_t size : 24;
    };

    void read_references(json_reader& r, budget& from);
    void add_key(json_reader& r, std::string_view raw_key);
    result<void> read_templates(std::string_view raw);
    result<void> check_members();
    /// Version 0 has the references at the top.
    result<void> take_members_as_references(budget& from);

    block text_;
    std::vector<place> keys_;
    std::vector<member> others_;
    std::map<std::string, std::string, std::less<>> templates_;  ///< by name
};

/// The bytes of inline content: the text of an object, of a string its UTF-8 or what its base 64
/// says.
/// \param raw  as in inline_content
[[nodiscard]] result<lindi::bytes> decode_inline(std::string_view raw);

}  // namespace lindi::rfs
