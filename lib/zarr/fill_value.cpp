#include <lindi/node/value.hpp>
#include <lindi/zarr/fill_value.hpp>
#include <lindi/zarr/float_text.hpp>

#include <algorithm>

namespace lindi::zarr {

namespace {

bool all_zero(std::span<std::byte const> value)
{
    return std::all_of(value.begin(), value.end(), [](std::byte b) { return b == std::byte{0}; });
}

bool all_equal(std::span<std::byte const> value, std::size_t width)
{
    for (std::size_t i = width; i < value.size(); ++i)
        if (value[i] != value[i - width])
            return false;
    return true;
}

std::string number_text(item_type const& item, std::span<std::byte const> element)
{
    std::string out;
    auto const& type = *item.element;
    if (item.kind == item_kind::floating) {
        append_float(out, node::decode_float(type, element) + 0.0);  // -0.0 + 0.0 is 0.0
        return out;
    }
    auto const& number = type.what == hdf5::type_class::enumeration ? *type.base : type;
    auto const bits = node::decode_integer_bits(number, element);
    if (number.is_signed && number.what == hdf5::type_class::integer)
        append_integer(out, static_cast<std::int64_t>(bits));
    else
        append_integer(out, bits);
    return out;
}

}  // namespace

std::string default_fill_value(item_type const& item)
{
    switch (item.kind) {
    case item_kind::integer:
    case item_kind::objects:
        return "0";
    case item_kind::floating:
        return "0.0";
    case item_kind::boolean:
        return "false";
    case item_kind::fixed_string:
        return "\"\"";
    case item_kind::complex:
    case item_kind::raw:
        return "null";
    }
    return "null";
}

result<std::string>
fill_value_text(item_type const& item, hdf5::datatype const& type, hdf5::fill_value const& fill)
{
    if (fill.status != hdf5::fill_value::state::user)
        return default_fill_value(item);
    if (fill.value.size() != type.size)
        return error(errc::bad_value, error::nowhere, "fill value", "its size is not the type's");
    std::span<std::byte const> const value = fill.value;
    if (item.is_number() && all_equal(value, item.element->size))
        return number_text(item, value.first(item.element->size));
    if (all_zero(value))
        return default_fill_value(item);
    return error(errc::unsupported, error::nowhere, "fill value", "Zarr has no form for it");
}

}  // namespace lindi::zarr
