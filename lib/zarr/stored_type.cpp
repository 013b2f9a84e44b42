#include <lindi/core/checked.hpp>
#include <lindi/zarr/stored_type.hpp>

#include <algorithm>
#include <charconv>

namespace lindi::zarr {
namespace {

using hdf5::datatype;
using hdf5::type_class;

constexpr std::uint64_t largest_item = std::uint64_t{1} << 31;
constexpr std::size_t most_fields = 4096;

error refuse(errc code, std::string_view dtype)
{
    return error(code, error::nowhere, "dtype", std::string(dtype.substr(0, 80)));
}

struct float_layout {
    std::uint8_t exponent;
    std::uint8_t mantissa;
    std::uint32_t bias;
};

float_layout layout_of(unsigned size)
{
    switch (size) {
    case 2:
        return {5, 10, 15};
    case 4:
        return {8, 23, 127};
    default:
        return {11, 52, 1023};
    }
}

/// The 80-bit numbers of the x87 in 16 bytes, as numpy has them on x86-64.
hdf5::datatype_ptr long_double_type(bool big_endian)
{
    auto type = *float_type(8, big_endian);
    type.size = 16;
    type.precision = 80;
    type.norm = hdf5::mantissa_norm::none;
    type.sign_position = 79;
    type.exponent_position = 64;
    type.exponent_size = 15;
    type.mantissa_size = 64;
    type.exponent_bias = 16383;
    return std::make_shared<datatype const>(std::move(type));
}

/// Complex numbers as h5py stores them.
hdf5::datatype_ptr complex_type(unsigned part, bool big_endian)
{
    return *compound_type({"r", "i"}, {float_type(part, big_endian), float_type(part, big_endian)});
}

hdf5::datatype_ptr fixed_string_type(std::uint64_t size)
{
    datatype type;
    type.what = type_class::string;
    type.size = static_cast<std::uint32_t>(size);
    type.padding = hdf5::string_pad::null_padded;
    return std::make_shared<datatype const>(std::move(type));
}

hdf5::datatype_ptr opaque_type(std::uint64_t size, std::string tag)
{
    datatype type;
    type.what = type_class::opaque;
    type.size = static_cast<std::uint32_t>(size);
    type.tag = std::move(tag);
    return std::make_shared<datatype const>(std::move(type));
}

bool is_one_of(std::uint64_t size, std::initializer_list<std::uint64_t> sizes)
{
    return std::find(sizes.begin(), sizes.end(), size) != sizes.end();
}

stored_type same(hdf5::datatype_ptr element, bool big_endian, bool is_number)
{
    stored_type out;
    out.item_size = element->size;
    out.big_endian = big_endian;
    out.is_number = is_number;
    out.element = std::move(element);
    return out;
}

stored_type unicode(std::uint64_t code_points, bool big_endian)
{
    stored_type out;
    out.how = stored_type::form::unicode;
    out.item_size = 4 * code_points;
    out.big_endian = big_endian;
    out.element = text_type();
    return out;
}

/// "int32" and its like as "<i4"; others as they are.
std::string plain_name(std::string_view dtype)
{
    struct name {
        std::string_view text;
        char kind;
    };
    static constexpr name names[] = {{"int", 'i'}, {"uint", 'u'}, {"float", 'f'}, {"complex", 'c'}};
    if (dtype == "bool" || dtype == "?")
        return "|b1";
    for (auto const& n : names) {
        if (!dtype.starts_with(n.text))
            continue;
        unsigned bits = 0;
        auto const* const end = dtype.data() + dtype.size();
        auto const parsed = std::from_chars(dtype.data() + n.text.size(), end, bits);
        if (parsed.ec == std::errc() && parsed.ptr == end && bits % 8 == 0 && bits <= 256)
            return std::string("<") + n.kind + std::to_string(bits / 8);
    }
    return std::string(dtype);
}

result<stored_type> sized_type(std::string_view dtype, char kind, std::uint64_t size, bool big)
{
    auto const width = static_cast<unsigned>(std::min<std::uint64_t>(size, 64));
    switch (kind) {
    case 'i':
    case 'u':
        if (!is_one_of(size, {1, 2, 4, 8}))
            break;
        return same(integer_type(width, kind == 'i', big), big, true);
    case 'f':
        if (size == 16)
            return same(long_double_type(big), big, true);
        if (!is_one_of(size, {2, 4, 8}))
            break;
        return same(float_type(width, big), big, true);
    case 'b':
        if (size != 1)
            break;
        return same(boolean_type(), false, false);
    case 'c':
        if (!is_one_of(size, {8, 16}))
            break;
        return same(complex_type(width / 2, big), big, false);
    case 'S':
    case 'V':
    case 'U':
        if (size == 0 || size > largest_item / 4)
            break;
        if (kind == 'U')
            return unicode(size, big);
        return same(kind == 'S' ? fixed_string_type(size) : opaque_type(size, ""), false, false);
    default:
        break;
    }
    return refuse(errc::unsupported, dtype);
}

/// A field: name, type, and maybe a shape.
void take_field(
    json_reader& r, std::vector<std::string>& names, std::vector<hdf5::datatype_ptr>& types
)
{
    r.begin_list();
    if (!r.next())
        return r.fail(errc::bad_value, "a field without a name");
    names.push_back(r.take_text());
    if (!r.next())
        return r.fail(errc::bad_value, "a field without a type");
    if (r.kind() != json_kind::text)
        return r.fail(errc::unsupported, "structures in structures");
    auto const dtype = r.take_text();
    auto const field = type_of_dtype(dtype);
    if (!field)
        return r.fail(
            field.error().code() == errc::bad_value ? errc::bad_value : errc::unsupported, dtype
        );
    if (field->how != stored_type::form::same)
        return r.fail(errc::unsupported, "a structure with text of variable length");
    types.push_back(field->element);
    if (r.next())
        r.fail(errc::unsupported, "arrays in structures");
}

}  // namespace

hdf5::datatype_ptr integer_type(unsigned size, bool is_signed, bool big_endian)
{
    datatype type;
    type.what = type_class::integer;
    type.size = size;
    type.order = big_endian ? hdf5::byte_order::big : hdf5::byte_order::little;
    type.precision = static_cast<std::uint16_t>(8 * size);
    type.is_signed = is_signed;
    return std::make_shared<datatype const>(std::move(type));
}

hdf5::datatype_ptr float_type(unsigned size, bool big_endian)
{
    auto const layout = layout_of(size);
    datatype type;
    type.what = type_class::floating;
    type.size = size;
    type.order = big_endian ? hdf5::byte_order::big : hdf5::byte_order::little;
    type.precision = static_cast<std::uint16_t>(8 * size);
    type.sign_position = static_cast<std::uint8_t>(8 * size - 1);
    type.exponent_position = layout.mantissa;
    type.exponent_size = layout.exponent;
    type.mantissa_size = layout.mantissa;
    type.exponent_bias = layout.bias;
    return std::make_shared<datatype const>(std::move(type));
}

hdf5::datatype_ptr boolean_type()
{
    datatype type;
    type.what = type_class::enumeration;
    type.size = 1;
    type.base = integer_type(1, true);
    type.values.push_back({"FALSE", lindi::bytes(1, std::byte{0})});
    type.values.push_back({"TRUE", lindi::bytes(1, std::byte{1})});
    return std::make_shared<datatype const>(std::move(type));
}

hdf5::datatype_ptr sequence_type(hdf5::datatype_ptr base)
{
    datatype type;
    type.what = type_class::variable_length;
    type.size = 16;
    type.base = std::move(base);
    return std::make_shared<datatype const>(std::move(type));
}

hdf5::datatype_ptr text_type()
{
    datatype character;
    character.what = type_class::string;
    character.size = 1;
    character.charset = hdf5::character_set::utf8;
    auto type = *sequence_type(std::make_shared<datatype const>(std::move(character)));
    type.charset = hdf5::character_set::utf8;
    type.is_variable_string = true;
    return std::make_shared<datatype const>(std::move(type));
}

hdf5::datatype_ptr object_reference_type()
{
    datatype type;
    type.what = type_class::reference;
    type.size = 8;
    return std::make_shared<datatype const>(std::move(type));
}

result<hdf5::datatype_ptr>
compound_type(std::vector<std::string> names, std::vector<hdf5::datatype_ptr> types)
{
    datatype type;
    type.what = type_class::compound;
    std::uint64_t size = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        type.members.push_back({std::move(names[i]), static_cast<std::uint32_t>(size), types[i]});
        size += types[i]->size;
        if (i >= most_fields || size > largest_item)
            return error(errc::too_large, error::nowhere, "dtype", "fields of a structure");
    }
    type.size = static_cast<std::uint32_t>(size);
    return hdf5::datatype_ptr(std::make_shared<datatype const>(std::move(type)));
}

result<stored_type> type_of_dtype(std::string_view dtype)
{
    auto const name = plain_name(dtype);
    if (name == "|O" || name == "O" || name == "object") {
        stored_type out;
        out.how = stored_type::form::objects;
        return out;
    }
    std::string_view rest = name;
    if (rest.size() < 2 || std::string_view("<>|=").find(rest[0]) == rest.npos)
        return refuse(errc::bad_value, dtype);
    bool const big = rest[0] == '>';
    auto const kind = rest[1];
    rest.remove_prefix(2);
    std::uint64_t size = 0;
    auto const parsed = std::from_chars(rest.data(), rest.data() + rest.size(), size);
    if (parsed.ec != std::errc())
        return refuse(errc::bad_value, dtype);
    rest.remove_prefix(static_cast<std::size_t>(parsed.ptr - rest.data()));
    if ((kind == 'M' || kind == 'm') && size == 8)
        return same(opaque_type(8, "NUMPY:" + name), big, false);
    if (!rest.empty())
        return refuse(errc::bad_value, dtype);
    return sized_type(dtype, kind, size, big);
}

stored_type take_dtype(json_reader& r)
{
    if (r.kind() != json_kind::list) {
        auto const text = r.take_text();
        auto type = r.ok() ? type_of_dtype(text) : stored_type();
        if (!type)
            r.fail(
                type.error().code() == errc::bad_value ? errc::bad_value : errc::unsupported,
                "dtype " + text
            );
        return type ? std::move(*type) : stored_type();
    }
    std::vector<std::string> names;
    std::vector<hdf5::datatype_ptr> types;
    for (r.begin_list(); r.next();) {
        take_field(r, names, types);
        if (!r.ok())
            return {};
        if (names.size() > most_fields)
            r.fail(errc::too_large, "fields of a structure");
    }
    if (names.empty())
        r.fail(errc::bad_value, "a structure without fields");
    if (!r.ok())
        return {};
    auto type = compound_type(std::move(names), std::move(types));
    if (!type) {
        r.fail(errc::too_large, "fields of a structure");
        return {};
    }
    return same(std::move(*type), false, false);
}

}  // namespace lindi::zarr
