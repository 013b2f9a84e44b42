/// \file
/// What the elements of a dataset are, in the terms of LINDI. doc/editing.md, "Types".

#pragma once

#include <lindi/api/convert.hpp>
#include <lindi/core/error.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lindi::edit {

/// A type that LINDI can say and Python lindi reads back.
class element_type {
public:
    enum class kind : std::uint8_t {
        number,      ///< integers and floats of 1 to 8 bytes
        boolean,     ///<
        fixed_text,  ///< a number of bytes, filled up with NULs
        text,        ///< of any length, UTF-8
        reference,   ///< to objects of the file
        sequence,    ///< lists of one kind, of any length
        compound,    ///< rows of fields
        other,       ///< of files that others wrote: dates, complex numbers, bytes
    };

    struct field;

    template <number T>
    static element_type of()
    {
        if constexpr (std::same_as<T, bool>)
            return boolean();
        else
            return plain_number(
                std::floating_point<T> ? 'f'
                : std::is_signed_v<T>  ? 'i'
                                       : 'u',
                sizeof(T)
            );
    }
    static element_type boolean();
    static element_type text();
    static element_type reference();
    static element_type sequence();

    /// \param size  bytes, 1 to 2^20
    /// \return the type; or errc::bad_value
    static result<element_type> fixed_text(std::uint64_t size);
    /// \return the type; or errc::bad_value (no fields, a name twice or empty), errc::unsupported:
    ///   fields are numbers, booleans, texts and references
    static result<element_type> compound(std::vector<field> fields);
    /// \param name  "float64", "<f8", "bool", "text", "reference", "sequence", "S12"; numbers of
    /// the
    ///   other byte order too; compounds as JSON: `[["a", "int32"], ["b", "text"]]`
    /// \return the type; or errc::bad_value
    static result<element_type> parse(std::string_view name);

    kind what() const noexcept { return what_; }
    /// As in .zarray: "<f8", "|b1", "|S12", "|O".
    std::string const& dtype() const noexcept { return dtype_; }
    /// Whether elements are JSON values in chunks: text, reference, sequence, compound.
    bool is_objects() const noexcept { return dtype_ == "|O"; }
    /// Of a compound; none of others.
    std::vector<field> const& fields() const noexcept;

    friend bool operator==(element_type const& a, element_type const& b);

private:
    friend class array_types;

    element_type(kind what, std::string dtype) : what_(what), dtype_(std::move(dtype)) {}
    static element_type plain_number(char letter, std::size_t size);

    kind what_;
    std::string dtype_;
    std::shared_ptr<std::vector<field> const> fields_{};  ///< null: none
};

/// A field of a compound.
struct element_type::field {
    std::string name;
    element_type type;

    friend bool operator==(field const& a, field const& b) = default;
};

}  // namespace lindi::edit
