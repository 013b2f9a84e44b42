#include <lindi/api/convert.hpp>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace lindi {
namespace {

constexpr char const* structure = "conversion";

error no_number(hdf5::datatype const& type)
{
    return {
        errc::bad_value,
        error::nowhere,
        structure,
        "elements of class " + std::to_string(static_cast<int>(type.what)) + " are no numbers"};
}

error out_of_range(std::string text)
{
    return {
        errc::bad_value,
        error::nowhere,
        structure,
        std::move(text) + " does not fit the type asked for"};
}

/// Whether elements are T's own bytes.
template <class T>
bool is_native(hdf5::datatype const& type)
{
    constexpr auto native = std::endian::native == std::endian::little ? hdf5::byte_order::little
                                                                       : hdf5::byte_order::big;
    if (type.size != sizeof(T) || (type.order != native && sizeof(T) > 1))
        return false;
    if constexpr (std::floating_point<T>)
        return type.what == hdf5::type_class::floating && node::is_ieee(type);
    else
        return type.what == hdf5::type_class::integer &&
               type.is_signed == std::signed_integral<T> && type.bit_offset == 0 &&
               type.precision == 8 * sizeof(T);
}

template <class T, class Integer>
result<void> store_integer(Integer from, T& to)
{
    if constexpr (std::same_as<T, bool>) {
        if (from != 0 && from != 1)
            return out_of_range(std::to_string(from));
        to = from == 1;
    } else if constexpr (std::floating_point<T>) {
        to = static_cast<T>(from);
    } else {
        if (!std::in_range<T>(from))
            return out_of_range(std::to_string(from));
        to = static_cast<T>(from);
    }
    return {};
}

template <class T>
result<void> store_float(double from, T& to)
{
    if constexpr (std::same_as<T, double>) {
        to = from;
    } else if constexpr (std::same_as<T, float>) {
        to = static_cast<float>(from);
        if (std::isinf(to) && !std::isinf(from))
            return out_of_range(std::to_string(from));
    } else {
        // Powers of two: exact as doubles, which the largest integers are not.
        using limit = std::numeric_limits<T>;
        auto const end = std::ldexp(1.0, std::same_as<T, bool> ? 1 : limit::digits);
        auto const begin = std::signed_integral<T> ? -end : 0.0;
        if (!(from >= begin && from < end) || std::trunc(from) != from)
            return out_of_range(std::to_string(from));
        to = static_cast<T>(from);
    }
    return {};
}

template <class T>
result<void> convert_one(hdf5::datatype const& type, std::span<std::byte const> element, T& to)
{
    using enum hdf5::type_class;
    if (type.what == floating && type.size <= 16)
        return store_float(node::decode_float(type, element), to);
    bool const whole = type.what == integer || type.what == bitfield;
    if (!whole || type.size > 8)
        return no_number(type);
    auto const bits = node::decode_integer_bits(type, element);
    if (type.what == integer && type.is_signed)
        return store_integer(static_cast<std::int64_t>(bits), to);
    return store_integer(bits, to);
}

}  // namespace

template <number T>
result<void> convert(elements_view in, std::span<T> out)
{
    auto const& type = in.type.what == hdf5::type_class::enumeration ? *in.type.base : in.type;
    if constexpr (!std::same_as<T, bool>)
        if (is_native<T>(type)) {
            if (!out.empty())
                std::memcpy(out.data(), in.bytes.data(), out.size_bytes());
            return {};
        }
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto const element = in.bytes.subspan(i * type.size, type.size);
        if (auto const done = convert_one(type, element, out[i]); !done)
            return done.error().within("element " + std::to_string(i));
    }
    return {};
}

template result<void> convert(elements_view, std::span<bool>);
template result<void> convert(elements_view, std::span<signed char>);
template result<void> convert(elements_view, std::span<unsigned char>);
template result<void> convert(elements_view, std::span<short>);
template result<void> convert(elements_view, std::span<unsigned short>);
template result<void> convert(elements_view, std::span<int>);
template result<void> convert(elements_view, std::span<unsigned>);
template result<void> convert(elements_view, std::span<long>);
template result<void> convert(elements_view, std::span<unsigned long>);
template result<void> convert(elements_view, std::span<long long>);
template result<void> convert(elements_view, std::span<unsigned long long>);
template result<void> convert(elements_view, std::span<float>);
template result<void> convert(elements_view, std::span<double>);

}  // namespace lindi
