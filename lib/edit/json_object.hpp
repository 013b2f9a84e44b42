/// \file
/// A JSON object whose members are changed one by one: .zattrs and .zarray. What is not touched
/// stays as it was written.

#pragma once

#include <lindi/core/json_reader.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace lindi::edit {

class json_object {
public:
    json_object() = default;
    /// \return the object, of members that are there twice the last one; or errc::truncated,
    ///   errc::bad_value
    static result<json_object> parse(std::string_view text, char const* structure);

    /// The value as JSON; null: there is none. Good until the next change.
    std::string const* find(std::string_view name) const noexcept;
    /// \param json  a value
    void set(std::string_view name, std::string json);
    bool erase(std::string_view name);

    struct member {
        std::string name;
        std::string json;
    };
    /// In order of names.
    std::vector<member> const& members() const noexcept { return members_; }
    /// ASCII, without spaces between the members.
    std::string text() const;

private:
    std::vector<member> members_;
};

/// Appends the value that comes next: without spaces, ASCII only, numbers as they were.
void append_ascii(std::string& out, json_reader& r);

}  // namespace lindi::edit
