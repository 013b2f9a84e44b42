/// \file
/// Elements of a file as C++ values.

#pragma once

#include <lindi/node/value.hpp>

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lindi {

/// Any element, whatever its type: see node::value.
using node::value;

/// Where a reference to an object leads: its path, empty for a null reference.
struct object_path {
    std::string path;
    friend bool operator==(object_path const&, object_path const&) = default;
};

/// Elements as they are in the file, and what it takes to understand them.
struct elements_view {
    hdf5::datatype const& type;
    std::span<std::byte const> bytes;  ///< whole elements of type.size bytes
    node::graph const& graph;          ///< has the heap objects that they name
    std::vector<std::string> const& paths;

    std::uint64_t count() const noexcept { return bytes.size() / type.size; }
    elements_view element(std::uint64_t i) const noexcept
    {
        return {
            type, bytes.subspan(static_cast<std::size_t>(i * type.size), type.size), graph, paths};
    }
};

template <class T>
concept number =
    std::same_as<T, bool> || std::same_as<T, float> || std::same_as<T, double> ||
    (std::integral<T> && sizeof(T) <= 8 && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
     !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>);

/// Integers, floating-point numbers, enumerations and bitfields of any layout, as numbers. Integers
/// are exact or refused; floating-point numbers are rounded to the nearest one.
/// \param out  in.count() numbers
/// \return nothing; or errc::bad_value: no number, out of range of T, a fraction for an integer
template <number T>
[[nodiscard]] result<void> convert(elements_view in, std::span<T> out);

/// Texts of fixed or variable length, without padding; never written ones are empty. Bytes as
/// stored: not always UTF-8. Enumerations by name.
/// \return nothing; or errc::bad_value (another class), errc::not_found (heap object), ...
[[nodiscard]] result<void> convert(elements_view in, std::span<std::string> out);

/// References to objects (or to parts of them) as paths.
/// \return nothing; or errc::bad_value (another class), errc::not_found (it leads nowhere)
[[nodiscard]] result<void> convert(elements_view in, std::span<object_path> out);

/// Any type. \return as node::decode_value
[[nodiscard]] result<void> convert(elements_view in, std::span<value> out);

/// What one variable-length or array element holds; nothing when it was never written.
/// \param in  one element
/// \return the parts; or errc::bad_value (another class), errc::not_found (heap object), ...
[[nodiscard]] result<elements_view> parts_of(elements_view in);

/// Sequences and arrays, element by element.
template <class T>
[[nodiscard]] result<void> convert(elements_view in, std::span<std::vector<T>> out)
{
    for (std::uint64_t i = 0; i < in.count(); ++i) {
        auto const parts = parts_of(in.element(i));
        if (!parts)
            return parts.error();
        auto& to = out[static_cast<std::size_t>(i)];
        to.resize(static_cast<std::size_t>(parts->count()));
        if (auto const done = convert(*parts, std::span<T>(to)); !done)
            return done;
    }
    return {};
}

}  // namespace lindi
