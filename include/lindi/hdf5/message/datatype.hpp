/// \file
/// Types of elements.
/// HDF5 File Format Specification v3.0, IV.A.2.d: classes 0 to 11, message versions 1 to 5.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <memory>
#include <string>
#include <vector>

namespace lindi::hdf5 {

enum class type_class : std::uint8_t {
    integer = 0,
    floating = 1,
    time = 2,
    string = 3,
    bitfield = 4,
    opaque = 5,
    compound = 6,
    reference = 7,
    enumeration = 8,
    variable_length = 9,
    array = 10,
    complex = 11,
};

enum class byte_order : std::uint8_t { little, big, vax };
enum class bit_pad : std::uint8_t { zero, one, background };
enum class string_pad : std::uint8_t { null_terminated = 0, null_padded = 1, space_padded = 2 };
enum class character_set : std::uint8_t { ascii = 0, utf8 = 1 };
enum class mantissa_norm : std::uint8_t { none = 0, msb_set = 1, implied = 2 };

enum class reference_kind : std::uint8_t {
    object = 0,          ///< address of an object header
    region = 1,          ///< global heap id of address and selection
    object_revised = 2,  ///< H5R_ref_t of HDF5 1.12: these three
    region_revised = 3,
    attribute = 4,
};

struct datatype;
/// Types are shared: by the fields of a compound, by all users of a committed type.
using datatype_ptr = std::shared_ptr<datatype const>;

struct compound_member {
    std::string name;
    std::uint64_t offset = 0;  ///< bytes from the start of the element
    datatype_ptr type;  ///< for the dimensions of a version 1 member: an array type around it
};

struct enum_member {
    std::string name;
    lindi::bytes value;  ///< size of the base type, in its byte order
};

/// A tree of types. Only the fields of its class mean anything.
struct datatype {
    type_class what = type_class::integer;
    std::uint8_t version = 1;
    std::uint32_t size = 0;  ///< bytes of an element in the file; at least 1

    // integer, floating, bitfield, time (precision and order only)
    byte_order order = byte_order::little;
    std::uint16_t bit_offset = 0;
    std::uint16_t precision = 0;  ///< bits
    bit_pad low_pad = bit_pad::zero;
    bit_pad high_pad = bit_pad::zero;
    bool is_signed = false;  ///< integer

    // floating
    bit_pad internal_pad = bit_pad::zero;
    mantissa_norm norm = mantissa_norm::implied;
    std::uint8_t sign_position = 0, exponent_position = 0, exponent_size = 0;
    std::uint8_t mantissa_position = 0, mantissa_size = 0;
    std::uint32_t exponent_bias = 0;

    // string; variable_length when is_variable_string
    string_pad padding = string_pad::null_terminated;
    character_set charset = character_set::ascii;
    bool is_variable_string = false;  ///< class variable_length of characters

    std::string tag;                       ///< opaque
    std::vector<compound_member> members;  ///< compound, in stored order
    reference_kind reference = reference_kind::object;
    std::vector<enum_member> values;        ///< enumeration, in stored order
    std::vector<std::uint32_t> dimensions;  ///< array
    datatype_ptr base;                      ///< enumeration, variable_length, array, complex

    /// Object header of the committed type this is; undefined for types that stand in place.
    std::uint64_t committed_at = undefined_address;

    /// Elements of an array type; 1 for others.
    std::uint64_t array_count() const noexcept;
    /// Whether elements hold global heap ids: variable-length parts, region or revised references.
    bool needs_heap() const noexcept;
    bool has_reference() const noexcept;
};

/// \param max_nesting  types within types, from `limits`
/// \return the type, or errc::truncated, unsupported_version, unsupported (class), bad_value,
///   too_large (nesting)
[[nodiscard]] result<datatype_ptr>
decode_datatype(block_view b, file_sizes sizes, unsigned max_nesting = 32);

}  // namespace lindi::hdf5
