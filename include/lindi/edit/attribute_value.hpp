/// \file
/// Values of attributes. doc/editing.md, "Attributes".

#pragma once

#include <lindi/edit/native_numbers.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace lindi::edit {

/// A text, number, boolean, reference to an object, or an array of texts, numbers or booleans. What
/// no attribute of LINDI can be is found out when it is set.
class attribute_value {
public:
    template <number T>
    attribute_value(T value) : attribute_value(native_numbers(std::span<T const>(&value, 1)), true)
    {}
    attribute_value(std::string_view text);
    attribute_value(std::string const& text) : attribute_value(std::string_view(text)) {}
    attribute_value(char const* text) : attribute_value(std::string_view(text)) {}
    attribute_value(object_path const& target);

    /// One dimension.
    template <number T>
    attribute_value(std::vector<T> const& values)
        : attribute_value(native_numbers(std::span<T const>(values)), false)
    {}
    attribute_value(std::vector<bool> const& values);
    attribute_value(std::vector<std::string> const& values);

    /// As JSON: a text, a number, true, a list (of lists), `{"_REFERENCE": {"path": "/x"}}`. NaN,
    /// Infinity and -Infinity stand bare, as Python writes them.
    static attribute_value json(std::string text);

    std::string const& text() const noexcept { return text_; }

private:
    attribute_value() = default;
    attribute_value(native_numbers const& numbers, bool one);

    std::string text_;
};

}  // namespace lindi::edit
