#include "number_items.hpp"

#include <lindi/zarr/json_number.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace lindi::edit {
namespace {

using hdf5::type_class;

/// Two bytes that no C++ type of this machine's has.
struct half {
    std::uint16_t bits;
};
/// A byte that is 0 or 1.
struct truth {
    std::uint8_t is;
};

template <class From>
bool to_integer_of(From value, auto& out)
{
    using To = std::remove_reference_t<decltype(out)>;
    if constexpr (std::floating_point<From>) {
        auto const wide = static_cast<double>(value);
        constexpr auto least = static_cast<double>(std::numeric_limits<To>::min());
        // One above the largest, which double has exactly.
        auto const above = std::ldexp(1.0, std::numeric_limits<To>::digits);
        if (!(wide >= least && wide < above) || std::trunc(wide) != wide)
            return false;
    } else if constexpr (!std::same_as<From, bool>) {
        if (!std::in_range<To>(value))
            return false;
    }
    out = static_cast<To>(value);
    return true;
}

template <class From, class To>
bool convert_one(From value, To& out)
{
    if constexpr (std::same_as<To, half>) {
        out.bits = zarr::half_bits(static_cast<double>(value));
        return true;
    } else if constexpr (std::same_as<To, truth>) {
        out.is = value != From{} ? 1 : 0;
        return value == From{} || value == From{1};
    } else if constexpr (std::floating_point<To>) {
        out = static_cast<To>(value);
        return true;
    } else {
        return to_integer_of(value, out);
    }
}

template <class From, class To>
result<void> convert_all(std::span<std::byte const> from, std::span<std::byte> to)
{
    for (std::size_t i = 0; i < from.size() / sizeof(From); ++i) {
        From value{};
        To item{};
        std::memcpy(&value, from.data() + i * sizeof(From), sizeof(From));
        if (!convert_one(value, item))
            return error(
                errc::bad_value,
                error::nowhere,
                "value",
                std::to_string(value) + " at " + std::to_string(i) + " does not fit the type"
            );
        std::memcpy(to.data() + i * sizeof(To), &item, sizeof(To));
    }
    return {};
}

using converter = result<void> (*)(std::span<std::byte const>, std::span<std::byte>);

template <class From>
converter converter_to(hdf5::datatype const& type)
{
    if (type.what == type_class::enumeration)
        return convert_all<From, truth>;
    if (type.what == type_class::floating) {
        switch (type.size) {
        case 2:
            return convert_all<From, half>;
        case 4:
            return convert_all<From, float>;
        default:
            return convert_all<From, double>;
        }
    }
    switch (type.size) {
    case 1:
        return type.is_signed ? convert_all<From, std::int8_t> : convert_all<From, std::uint8_t>;
    case 2:
        return type.is_signed ? convert_all<From, std::int16_t> : convert_all<From, std::uint16_t>;
    case 4:
        return type.is_signed ? convert_all<From, std::int32_t> : convert_all<From, std::uint32_t>;
    default:
        return type.is_signed ? convert_all<From, std::int64_t> : convert_all<From, std::uint64_t>;
    }
}

converter find_converter(native_type from, hdf5::datatype const& to)
{
    if (from == native_type{'b', sizeof(bool)})
        return converter_to<bool>(to);
    if (from == native_type{'f', 4})
        return converter_to<float>(to);
    if (from == native_type{'f', 8})
        return converter_to<double>(to);
    bool const is_signed = from.letter == 'i';
    switch (from.size) {
    case 1:
        return is_signed ? converter_to<std::int8_t>(to) : converter_to<std::uint8_t>(to);
    case 2:
        return is_signed ? converter_to<std::int16_t>(to) : converter_to<std::uint16_t>(to);
    case 4:
        return is_signed ? converter_to<std::int32_t>(to) : converter_to<std::uint32_t>(to);
    default:
        return is_signed ? converter_to<std::int64_t>(to) : converter_to<std::uint64_t>(to);
    }
}

bool is_number(hdf5::datatype const& type)
{
    bool const truth = type.what == type_class::enumeration && type.size == 1;
    bool const whole = type.what == type_class::integer;
    return truth || ((whole || type.what == type_class::floating) && type.size <= 8);
}

void reverse_items(lindi::bytes& items, std::size_t size)
{
    for (std::size_t at = 0; at < items.size(); at += size)
        std::reverse(items.data() + at, items.data() + at + size);
}

}  // namespace

result<lindi::bytes> items_of_numbers(native_numbers const& numbers, hdf5::datatype const& type)
{
    if (!is_number(type))
        return error(errc::unsupported, error::nowhere, "dataset", "its elements are no numbers");
    lindi::bytes out(numbers.count() * type.size);
    auto const converted = find_converter(numbers.type, type)(numbers.bytes, out);
    if (!converted)
        return converted.error();
    auto const wanted =
        type.order == hdf5::byte_order::big ? std::endian::big : std::endian::little;
    if (type.size > 1 && wanted != std::endian::native)
        reverse_items(out, type.size);
    return out;
}

}  // namespace lindi::edit
