#include <lindi/core/checked.hpp>
#include <lindi/node/enumeration.hpp>
#include <lindi/node/value.hpp>
#include <lindi/zarr/dtype.hpp>

#include <algorithm>

namespace lindi::zarr {

namespace {

using hdf5::byte_order;
using hdf5::datatype;
using hdf5::type_class;

error no_form(std::string why)
{
    return {errc::unsupported, error::nowhere, "datatype", std::move(why)};
}

std::string dtype_text(char order, char kind, std::uint64_t size)
{
    std::string out{size == 1 ? '|' : order, kind};
    return out + std::to_string(size);
}

char order_of(datatype const& type) noexcept
{
    return type.order == byte_order::big ? '>' : '<';
}

/// The integer width of numpy that holds `size` bytes; 0: none.
std::uint64_t integer_width(std::uint64_t size) noexcept
{
    return size <= 2 ? size : size <= 4 ? 4 : size <= 8 ? 8 : 0;
}

result<item_type> integer_item(datatype const& type, bool is_signed)
{
    auto const width = integer_width(type.size);
    if (width == 0)
        return no_form("an integer of " + std::to_string(type.size) + " bytes");
    item_type out;
    out.kind = item_kind::integer;
    out.size = width;
    out.big_endian = type.order == byte_order::big;
    out.dtype = dtype_text(order_of(type), is_signed ? 'i' : 'u', width);
    out.as_stored = width == type.size && type.bit_offset == 0 && type.precision == 8 * width &&
                    type.order != byte_order::vax;
    return out;
}

/// The floating-point types that numpy has on x86-64, narrowest first.
struct float_format {
    std::uint64_t size;
    int mantissa;
    int max_exponent;
    int min_exponent;
};
constexpr float_format float_formats[] = {
    {2, 10, 16, -14},
    {4, 23, 128, -126},
    {8, 52, 1024, -1022},
};

/// The narrowest format that holds every value of the type; null: none.
float_format const* format_for(datatype const& type) noexcept
{
    auto const bias = static_cast<std::int64_t>(type.exponent_bias);
    if (type.exponent_size > 15)
        return nullptr;
    auto const top = (std::int64_t{1} << type.exponent_size) - bias - 1;
    // VAX numbers of 8 bytes are a little smaller than normal doubles: the least ones are rounded.
    auto const bottom = 1 - bias + (type.order == byte_order::vax && type.size == 8 ? 2 : 0);
    for (auto const& f : float_formats)
        if (type.size <= f.size && type.mantissa_size <= f.mantissa && top <= f.max_exponent &&
            bottom >= f.min_exponent)
            return &f;
    return nullptr;
}

/// The 80-bit format of the x87. x86-64 gives it 16 bytes, and so does numpy; i386 gives it 12.
bool is_x87(datatype const& type) noexcept
{
    return type.size >= 10 && type.size <= 16 && type.bit_offset == 0 && type.sign_position == 79 &&
           type.exponent_position == 64 && type.exponent_size == 15 &&
           type.mantissa_position == 0 && type.mantissa_size == 64 && type.exponent_bias == 16383 &&
           type.order != byte_order::vax;
}

result<item_type> float_item(datatype const& type)
{
    item_type out;
    out.kind = item_kind::floating;
    out.big_endian = type.order == byte_order::big;
    if (is_x87(type)) {
        out.size = 16;
        out.as_stored = type.size == 16;
    } else if (auto const* const format = format_for(type)) {
        out.size = format->size;
        out.as_stored = format->size == type.size && node::is_ieee(type);
    } else {
        return no_form("floating-point numbers wider than those of numpy");
    }
    out.dtype = dtype_text(order_of(type), 'f', out.size);
    return out;
}

result<item_type> complex_item(complex_parts const& parts, datatype const& whole)
{
    auto part = float_item(*parts.part);
    if (!part)
        return part;
    item_type out = std::move(*part);
    out.kind = item_kind::complex;
    out.as_stored = out.as_stored && out.size >= 4 && parts.real == 0 &&
                    parts.imaginary == out.size && whole.size == 2 * out.size;
    out.size = 2 * std::max<std::uint64_t>(out.size, 4);
    out.dtype = dtype_text(order_of(*parts.part), 'c', out.size);
    return out;
}

item_type string_item(datatype const& type)
{
    item_type out;
    out.kind = item_kind::fixed_string;
    out.size = type.size;
    out.dtype = "|S" + std::to_string(type.size);
    out.as_stored = type.padding == hdf5::string_pad::null_padded;
    return out;
}

/// numpy's name of a date type, from h5py's tag "NUMPY:<M8[us]"; empty for other tags.
std::string_view date_dtype(datatype const& type) noexcept
{
    static constexpr std::string_view mark = "NUMPY:";
    std::string_view const tag = type.tag;
    if (type.size != 8 || !tag.starts_with(mark))
        return {};
    auto const name = tag.substr(mark.size());
    if (name.size() < 5 || (name[0] != '<' && name[0] != '>') ||
        (name[1] != 'M' && name[1] != 'm') || name[2] != '8' || name[3] != '[' ||
        name.back() != ']')
        return {};
    auto const unit = name.substr(4, name.size() - 5);
    bool const plain = std::all_of(unit.begin(), unit.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
    return plain ? name : std::string_view();
}

item_type raw_item(datatype const& type)
{
    item_type out;
    out.kind = item_kind::raw;
    out.size = type.size;
    out.as_stored = true;
    auto const date = date_dtype(type);
    out.dtype = date.empty() ? "|V" + std::to_string(type.size) : std::string(date);
    return out;
}

/// Why values of the type have no JSON form; empty when they have.
std::string json_obstacle(datatype const& type)
{
    switch (type.what) {
    case type_class::integer:
    case type_class::bitfield:
        return type.size > 8 ? "a number of more than 8 bytes" : "";
    case type_class::floating:
        return type.size > 16 ? "a number of more than 16 bytes" : "";
    case type_class::string:
        return {};
    case type_class::reference:
        return type.reference == hdf5::reference_kind::attribute ? "references to attributes" : "";
    case type_class::variable_length:
        return type.is_variable_string ? "" : json_obstacle(*type.base);
    case type_class::enumeration:
    case type_class::array:
    case type_class::complex:
        return json_obstacle(*type.base);
    case type_class::compound:
        for (auto const& member : type.members)
            if (auto why = json_obstacle(*member.type); !why.empty())
                return why;
        return {};
    case type_class::time:
        return "times";
    case type_class::opaque:
        return "opaque bytes";
    }
    return "an unknown class";
}

item_type object_item(datatype const& type)
{
    item_type out;
    out.kind = item_kind::objects;
    out.dtype = "|O";
    out.obstacle = json_obstacle(type);
    return out;
}

result<item_type> element_item(datatype const& type)
{
    switch (type.what) {
    case type_class::integer:
        return integer_item(type, type.is_signed);
    case type_class::bitfield:
        return integer_item(type, false);
    case type_class::floating:
        return float_item(type);
    case type_class::string:
        return string_item(type);
    case type_class::opaque:
        return raw_item(type);
    case type_class::enumeration:
        if (node::is_boolean(type))
            return item_type{.kind = item_kind::boolean, .dtype = "|b1", .size = 1};
        return integer_item(*type.base, type.base->is_signed);
    case type_class::compound:
    case type_class::complex:
        if (auto const parts = as_complex(type))
            return complex_item(*parts, type);
        return object_item(type);
    case type_class::reference:
    case type_class::variable_length:
        return object_item(type);
    case type_class::time:
        return no_form("the class of times");
    case type_class::array:
        break;
    }
    return no_form("an unknown class");
}

}  // namespace

std::uint64_t item_type::inner_count() const noexcept
{
    return checked_product(inner).value_or(~std::uint64_t{0});
}

result<item_type> item_type_of(hdf5::datatype_ptr const& type)
{
    std::vector<std::uint64_t> inner;
    auto element = type;
    while (element->what == type_class::array) {
        inner.insert(inner.end(), element->dimensions.begin(), element->dimensions.end());
        element = element->base;
    }
    auto out = element_item(*element);
    if (out) {
        out->inner = std::move(inner);
        out->element = std::move(element);
    }
    return out;
}

std::optional<complex_parts> as_complex(datatype const& type)
{
    if (type.what == type_class::complex && type.base->what == type_class::floating)
        return complex_parts{type.base, type.base->size, 0};
    if (type.what != type_class::compound || type.members.size() != 2)
        return std::nullopt;
    auto const& r = type.members[0];
    auto const& i = type.members[1];
    if (r.name != "r" || i.name != "i" || r.type->what != type_class::floating ||
        i.type->what != type_class::floating)
        return std::nullopt;
    auto const first = float_item(*r.type);
    auto const second = float_item(*i.type);
    if (!first || !second || first->dtype != second->dtype || first->as_stored != second->as_stored)
        return std::nullopt;
    return complex_parts{r.type, i.offset, r.offset};
}

}  // namespace lindi::zarr
