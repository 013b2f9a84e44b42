#include "type_text.hpp"

#include "printable.hpp"

#include <lindi/node/enumeration.hpp>
#include <lindi/node/value.hpp>

#include <array>

namespace lindi::tools {
namespace {

using hdf5::datatype;

/// Members of a compound or an enumeration that are named.
constexpr std::size_t max_members = 12;

std::string with_order(std::string name, datatype const& type)
{
    if (type.order == hdf5::byte_order::vax)
        return name + "vax";
    return type.order == hdf5::byte_order::big && type.size > 1 ? name + "be" : name;
}

std::string integer_text(datatype const& type)
{
    auto const bits = 8 * std::uint64_t{type.size};
    auto const name = (type.is_signed ? "int" : "uint") + std::to_string(bits);
    auto out = with_order(name, type);
    if (type.precision != bits || type.bit_offset != 0)
        out += "[" + std::to_string(type.precision) + " bits at " +
               std::to_string(type.bit_offset) + "]";
    return out;
}

std::string floating_text(datatype const& type)
{
    if (node::is_ieee(type))
        return with_order("float" + std::to_string(8 * type.size), type);
    if (type.size == 2 && type.exponent_size == 8 && type.mantissa_size == 7)
        return with_order("bfloat16", type);
    return with_order("float" + std::to_string(8 * type.size), type) + "[exponent " +
           std::to_string(type.exponent_size) + ", mantissa " + std::to_string(type.mantissa_size) +
           "]";
}

std::string string_text(datatype const& type)
{
    std::string out = type.charset == hdf5::character_set::utf8 ? "utf8 string" : "string";
    if (!type.is_variable_string)
        out += "[" + std::to_string(type.size) + "]";
    return out;
}

/// "name{a, b, ...}" with the text of the first members.
template <class Members, class Text>
std::string list_text(std::string name, Members const& members, Text&& text)
{
    name += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
        name += i == 0 ? "" : ", ";
        if (i == max_members)
            return name + "...}";
        name += text(members[i]);
    }
    return name + '}';
}

std::string enumeration_text(datatype const& type)
{
    if (type.size == 1 && node::is_boolean(type))
        return "bool";
    return list_text("enum " + type_text(*type.base), type.values, [&](hdf5::enum_member const& m) {
        auto const bits = node::decode_integer_bits(*type.base, m.value);
        auto const number = type.base->is_signed ? std::to_string(static_cast<std::int64_t>(bits))
                                                 : std::to_string(bits);
        return printable(m.name) + "=" + number;
    });
}

std::string compound_text(datatype const& type)
{
    return list_text("compound", type.members, [](hdf5::compound_member const& m) {
        return printable(m.name) + ": " + type_text(*m.type);
    });
}

std::string array_text(datatype const& type)
{
    std::vector<std::uint64_t> const extents(type.dimensions.begin(), type.dimensions.end());
    return type_text(*type.base) + tuple_text(extents);
}

char const* reference_text(hdf5::reference_kind kind)
{
    switch (kind) {
    case hdf5::reference_kind::object:
        return "object reference";
    case hdf5::reference_kind::region:
        return "region reference";
    default:
        return "reference";
    }
}

std::string known_filter_name(std::uint16_t id)
{
    struct known {
        std::uint16_t id;
        char const* name;
    };
    constexpr std::array names{
        known{1, "deflate"},
        known{2, "shuffle"},
        known{3, "fletcher32"},
        known{4, "szip"},
        known{5, "nbit"},
        known{6, "scaleoffset"},
        known{305, "lzo"},
        known{307, "bzip2"},
        known{32000, "lzf"},
        known{32001, "blosc"},
        known{32004, "lz4"},
        known{32008, "bitshuffle"},
        known{32013, "zfp"},
        known{32015, "zstd"},
        known{32020, "vbz"},
        known{32022, "bitgroom"},
        known{32023, "granular bitround"},
        known{32026, "blosc2"},
    };
    for (auto const& filter : names)
        if (filter.id == id)
            return filter.name;
    return "";
}

}  // namespace

std::string type_text(hdf5::datatype const& type)
{
    using enum hdf5::type_class;
    switch (type.what) {
    case integer:
        return integer_text(type);
    case floating:
        return floating_text(type);
    case time:
        return with_order("time" + std::to_string(8 * std::uint64_t{type.size}), type);
    case string:
        return string_text(type);
    case bitfield:
        return with_order("bits" + std::to_string(8 * std::uint64_t{type.size}), type);
    case opaque:
        return "opaque[" + std::to_string(type.size) + "]";
    case compound:
        return compound_text(type);
    case reference:
        return reference_text(type.reference);
    case enumeration:
        return enumeration_text(type);
    case variable_length:
        return type.is_variable_string ? string_text(type) : "list of " + type_text(*type.base);
    case array:
        return array_text(type);
    case complex:
        return "complex " + type_text(*type.base);
    }
    return "?";
}

std::string tuple_text(std::span<std::uint64_t const> numbers)
{
    std::string out = "(";
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        out += i == 0 ? "" : ", ";
        out += numbers[i] == hdf5::dataspace::unlimited ? "*" : std::to_string(numbers[i]);
    }
    return out + ")";
}

std::string shape_text(hdf5::dataspace const& space)
{
    if (space.what == hdf5::dataspace::kind::scalar)
        return "scalar";
    if (space.what == hdf5::dataspace::kind::null)
        return "null";
    auto const shape = tuple_text(space.extents);
    return space.extents == space.max_extents ? shape
                                              : shape + " of " + tuple_text(space.max_extents);
}

std::string filters_text(hdf5::filter_pipeline const& pipeline)
{
    std::string out;
    for (auto const& filter : pipeline.filters) {
        // Codecs that are no filter of HDF5 have a name only.
        auto name = filter.id == 0 ? printable(filter.name) : known_filter_name(filter.id);
        if (name.empty())
            name = "filter " + std::to_string(filter.id) +
                   (filter.name.empty() ? "" : " " + in_quotes(filter.name));
        if (filter.id == hdf5::filter_deflate && filter.client_data.size() == 1)
            name += "(" + std::to_string(filter.client_data[0]) + ")";
        out += (out.empty() ? "" : ", ") + name;
    }
    return out;
}

}  // namespace lindi::tools
