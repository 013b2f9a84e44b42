#include <lindi/node/value.hpp>
#include <lindi/zarr/items.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace lindi::zarr {

namespace {

using element_view = std::span<std::byte const>;
using item_span = std::span<std::byte>;

void put_integer(item_span item, std::uint64_t value, bool big_endian)
{
    for (std::size_t i = 0; i < item.size(); ++i) {
        auto const place = big_endian ? item.size() - 1 - i : i;
        item[place] = static_cast<std::byte>(i < 8 ? value >> (8 * i) : 0);
    }
}

/// IEEE binary16, rounded to nearest even. Only types that binary16 holds exactly come here.
std::uint16_t to_half(double value)
{
    std::uint16_t const sign = std::signbit(value) ? 0x8000 : 0;
    value = std::abs(value);
    if (std::isnan(value))
        return static_cast<std::uint16_t>(sign | 0x7e00);
    if (value >= 65520)
        return static_cast<std::uint16_t>(sign | 0x7c00);
    if (value < 0x1p-14)
        return static_cast<std::uint16_t>(sign | std::lrint(value * 0x1p24));
    int exponent = 0;
    auto const mantissa = std::lrint(std::frexp(value, &exponent) * 2048);  // 1024 to 2048
    return static_cast<std::uint16_t>(sign | (((exponent + 13) << 10) + mantissa));
}

void put_float(item_span item, double value, bool big_endian)
{
    if (item.size() == 2)
        put_integer(item, to_half(value), big_endian);
    else if (item.size() == 4)
        put_integer(item, std::bit_cast<std::uint32_t>(static_cast<float>(value)), big_endian);
    else
        put_integer(item, std::bit_cast<std::uint64_t>(value), big_endian);
}

/// The same number in an item that is at least as wide: zeros are added at the high end.
void put_bytes(item_span item, element_view element, hdf5::byte_order order, bool big_endian)
{
    bool const stored_big = order == hdf5::byte_order::big;
    for (std::size_t i = 0; i < item.size(); ++i) {
        auto const low = i < element.size();
        auto const byte = low ? element[stored_big ? element.size() - 1 - i : i] : std::byte{0};
        item[big_endian ? item.size() - 1 - i : i] = byte;
    }
}

void put_floating(item_span item, hdf5::datatype const& type, element_view element, bool big_endian)
{
    if (item.size() == 16 || (item.size() == element.size() && node::is_ieee(type)))
        put_bytes(item, element, type.order, big_endian);
    else
        put_float(item, node::decode_float(type, element), big_endian);
}

void put_complex(item_span item, item_type const& to, element_view element)
{
    auto const parts = as_complex(*to.element);
    auto const& part = *parts->part;
    auto const half = item.size() / 2;
    put_floating(item.first(half), part, element.subspan(parts->real, part.size), to.big_endian);
    put_floating(
        item.subspan(half), part, element.subspan(parts->imaginary, part.size), to.big_endian
    );
}

void put_string(item_span item, hdf5::datatype const& type, element_view element)
{
    auto const text = node::trim_fixed_string(type, element);
    std::memcpy(item.data(), text.data(), std::min(text.size(), item.size()));
}

void put_item(item_span item, item_type const& to, element_view element)
{
    auto const& type = *to.element;
    auto const& number = type.what == hdf5::type_class::enumeration ? *type.base : type;
    switch (to.kind) {
    case item_kind::integer:
        put_integer(item, node::decode_integer_bits(number, element), to.big_endian);
        break;
    case item_kind::boolean:
        item[0] = std::byte{node::decode_integer_bits(number, element) != 0};
        break;
    case item_kind::floating:
        put_floating(item, type, element, to.big_endian);
        break;
    case item_kind::complex:
        put_complex(item, to, element);
        break;
    case item_kind::fixed_string:
        put_string(item, type, element);
        break;
    case item_kind::raw:
    case item_kind::objects:
        std::copy(element.begin(), element.end(), item.begin());
        break;
    }
}

}  // namespace

lindi::bytes convert_items(item_type const& item, std::span<std::byte const> elements)
{
    if (item.as_stored)
        return {elements.begin(), elements.end()};
    auto const width = item.element->size;
    auto const count = elements.size() / width;
    lindi::bytes out(count * item.size);
    for (std::size_t i = 0; i < count; ++i)
        put_item(
            std::span(out).subspan(i * item.size, item.size),
            item,
            elements.subspan(i * width, width)
        );
    return out;
}

item_type little_endian(item_type item)
{
    if (item.big_endian && item.kind != item_kind::raw) {
        item.big_endian = false;
        item.as_stored = false;
        item.dtype[0] = item.dtype[0] == '>' ? '<' : item.dtype[0];
    }
    return item;
}

}  // namespace lindi::zarr
