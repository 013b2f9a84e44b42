/// \file
/// Datatypes as decode_datatype gives them, for tests that need no bytes of a datatype message.

#pragma once

#include <lindi/hdf5/message/datatype.hpp>

#include <utility>

namespace lindi::test {

using type_ptr = std::shared_ptr<hdf5::datatype>;

inline type_ptr make_type(hdf5::type_class what, std::uint32_t size)
{
    auto out = std::make_shared<hdf5::datatype>();
    out->what = what;
    out->size = size;
    return out;
}

inline type_ptr integer(
    std::uint32_t size, bool is_signed = true, hdf5::byte_order order = hdf5::byte_order::little
)
{
    auto out = make_type(hdf5::type_class::integer, size);
    out->precision = static_cast<std::uint16_t>(8 * size);
    out->is_signed = is_signed;
    out->order = order;
    return out;
}

/// IEEE binary16, 32 or 64.
inline type_ptr floating(std::uint32_t size, hdf5::byte_order order = hdf5::byte_order::little)
{
    auto out = make_type(hdf5::type_class::floating, size);
    out->order = order;
    out->precision = static_cast<std::uint16_t>(8 * size);
    out->mantissa_size = size == 2 ? 10 : size == 4 ? 23 : 52;
    out->exponent_position = out->mantissa_size;
    out->exponent_size = size == 2 ? 5 : size == 4 ? 8 : 11;
    out->exponent_bias = (1u << (out->exponent_size - 1)) - 1;
    out->sign_position = static_cast<std::uint8_t>(8 * size - 1);
    return out;
}

/// The 80 bits of the x87 in `size` bytes: H5T_NATIVE_LDOUBLE of x86-64 (16) and i386 (12).
inline type_ptr x87(std::uint32_t size)
{
    auto out = make_type(hdf5::type_class::floating, size);
    out->precision = 80;
    out->norm = hdf5::mantissa_norm::none;
    out->mantissa_size = 64;
    out->exponent_position = 64;
    out->exponent_size = 15;
    out->exponent_bias = 16383;
    out->sign_position = 79;
    return out;
}

/// The upper half of a binary32.
inline type_ptr bfloat16()
{
    auto out = floating(4);
    out->size = 2;
    out->precision = 16;
    out->mantissa_size = 7;
    out->exponent_position = 7;
    out->sign_position = 15;
    return out;
}

inline type_ptr
fixed_string(std::uint32_t size, hdf5::string_pad padding = hdf5::string_pad::null_padded)
{
    auto out = make_type(hdf5::type_class::string, size);
    out->padding = padding;
    return out;
}

inline type_ptr variable_string()
{
    auto out = make_type(hdf5::type_class::variable_length, 16);
    out->is_variable_string = true;
    out->base = fixed_string(1);
    return out;
}

inline type_ptr sequence_of(type_ptr base)
{
    auto out = make_type(hdf5::type_class::variable_length, 16);
    out->base = std::move(base);
    return out;
}

inline type_ptr array_of(type_ptr base, std::vector<std::uint32_t> dimensions)
{
    auto size = base->size;
    for (auto const n : dimensions)
        size *= n;
    auto out = make_type(hdf5::type_class::array, size);
    out->base = std::move(base);
    out->dimensions = std::move(dimensions);
    return out;
}

/// Members one behind the other, without holes.
inline type_ptr compound(std::vector<std::pair<std::string, type_ptr>> members)
{
    auto out = make_type(hdf5::type_class::compound, 0);
    for (auto& [name, type] : members) {
        out->members.push_back({name, out->size, type});
        out->size += type->size;
    }
    return out;
}

/// \param values  of one byte each
inline type_ptr enumeration(std::vector<std::pair<std::string, std::uint8_t>> values)
{
    auto out = make_type(hdf5::type_class::enumeration, 1);
    out->base = integer(1);
    for (auto const& [name, value] : values)
        out->values.push_back({name, {std::byte{value}}});
    return out;
}

inline type_ptr boolean()
{
    return enumeration({{"FALSE", 0}, {"TRUE", 1}});
}

inline type_ptr object_reference()
{
    return make_type(hdf5::type_class::reference, 8);
}

}  // namespace lindi::test
