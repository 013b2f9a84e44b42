/// \file
/// Attributes of an object as .zattrs. doc/lindi.md, "Attributes".

#pragma once

#include <lindi/lindi/element_text.hpp>
#include <lindi/lindi/problems.hpp>

#include <string>

namespace lindi::rfs {

/// Appends an attribute's value. \pre out is empty
/// \param text  with quoted non-finite numbers
/// \return nothing; or errc::unsupported with the reason when it has no form that readers
///   understand, or why it cannot be decoded; `out` may then hold a part of it
result<void>
append_attribute_value(std::string& out, node::attribute const& a, element_text const& text);

/// Appends the members of .zattrs for all attributes that can be written, sorted by name; those
/// that cannot become problems.
/// \param path  of the object, for problems
/// \param out   an object that is open; other members may be there already
/// \return bytes of text that were made for values and thrown away
std::uint64_t append_attributes(
    std::string& out,
    std::vector<node::attribute> const& attributes,
    element_text const& text,
    std::string_view path,
    problem_list& problems
);

/// Begins a member of an object in `out`: comma when needed, key, colon.
void append_key(std::string& out, std::string_view name);

}  // namespace lindi::rfs
