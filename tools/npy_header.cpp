#include "npy_header.hpp"

#include "type_text.hpp"

#include <lindi/core/hex.hpp>
#include <lindi/node/enumeration.hpp>
#include <lindi/node/value.hpp>

#include <algorithm>

namespace lindi::tools {
namespace {

error no_type(hdf5::datatype const& type, char const* instead)
{
    return {
        errc::unsupported,
        error::nowhere,
        "npy",
        "NumPy has no type for " + type_text(type) + ": use --format " + instead};
}

bool fills_its_bytes(hdf5::datatype const& type)
{
    return type.bit_offset == 0 && type.precision == 8 * type.size;
}

char order_of(hdf5::datatype const& type)
{
    return type.size == 1 ? '|' : type.order == hdf5::byte_order::big ? '>' : '<';
}

bool is_power_up_to(std::uint32_t size, std::uint32_t most)
{
    return size <= most && (size & (size - 1)) == 0 && size != 0;
}

/// A Python string literal: names of fields may hold anything.
std::string literal(std::string_view text)
{
    std::string out = "'";
    for (char const c : text) {
        bool const control = static_cast<unsigned char>(c) < 0x20;
        if (c == '\'' || c == '\\')
            out += '\\';
        if (control)
            out += "\\x" + hex_of(as_bytes(std::string_view(&c, 1)));
        else
            out += c;
    }
    return out + "'";
}

result<std::string> number_code(hdf5::datatype const& type)
{
    using enum hdf5::type_class;
    auto const& base = type.what == enumeration ? *type.base : type;
    bool const sound = base.what == floating
                           ? node::is_ieee(base)
                           : is_power_up_to(base.size, 8) && fills_its_bytes(base);
    if (!sound)
        return no_type(type, "json");
    bool const is_signed = base.what == integer && base.is_signed;
    char const kind = base.what == floating ? 'f' : is_signed ? 'i' : 'u';
    return std::string(1, order_of(base)) + kind + std::to_string(base.size);
}

result<std::string> description(hdf5::datatype const& type);

/// `('name', '<i4')`, `('name', '<i4', (3,))`
result<std::string> field(std::string_view name, hdf5::datatype const& type)
{
    bool const array = type.what == hdf5::type_class::array;
    auto const inner = description(array ? *type.base : type);
    if (!inner)
        return inner;
    auto out = "(" + literal(name) + ", " + *inner;
    if (array) {
        out += ", (";
        for (auto const extent : type.dimensions)
            out += std::to_string(extent) + ",";
        out += ")";
    }
    return out + ")";
}

/// Gaps between members become fields without a name, as NumPy writes them.
result<std::string> compound_description(hdf5::datatype const& type)
{
    std::vector<hdf5::compound_member const*> members;
    for (auto const& member : type.members)
        members.push_back(&member);
    std::stable_sort(members.begin(), members.end(), [](auto const* a, auto const* b) {
        return a->offset < b->offset;
    });
    std::string out = "[";
    std::uint64_t end = 0;
    auto const fill_to = [&](std::uint64_t offset) {
        if (end < offset)
            out += "('', '|V" + std::to_string(offset - end) + "'), ";
    };
    for (auto const* const member : members) {
        fill_to(member->offset);
        auto const text = field(member->name, *member->type);
        if (!text)
            return text;
        out += *text + ", ";
        end = member->offset + member->type->size;
    }
    fill_to(type.size);
    return out + "]";
}

result<std::string> description(hdf5::datatype const& type)
{
    using enum hdf5::type_class;
    switch (type.what) {
    case enumeration:
        if (type.size == 1 && node::is_boolean(type))
            return std::string("'|b1'");
        [[fallthrough]];
    case integer:
    case bitfield:
    case floating: {
        auto const code = number_code(type);
        return code ? "'" + *code + "'" : code;
    }
    case complex: {
        auto const part = number_code(*type.base);
        if (!part || (*part)[1] != 'f' || type.base->size < 4)
            return no_type(type, "json");
        return "'" + part->substr(0, 1) + "c" + std::to_string(type.size) + "'";
    }
    case string:
        return "'|S" + std::to_string(type.size) + "'";
    case opaque:
        return "'|V" + std::to_string(type.size) + "'";
    case compound:
        return compound_description(type);
    default:
        return no_type(type, "json");
    }
}

/// Version 1.0 where it can say the text; 3.0 has room for 4 GiB and UTF-8.
std::string framed(std::string text)
{
    constexpr std::size_t alignment = 64;
    constexpr std::size_t most_in_version_1 = 0xff00;
    bool const ascii = std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x80;
    });
    bool const old = ascii && text.size() < most_in_version_1;
    std::size_t const length_size = old ? 2 : 4;
    auto const fixed = 8 + length_size;
    text.append(alignment - (fixed + text.size() + 1) % alignment, ' ');
    text += '\n';
    std::string out("\x93NUMPY", 6);
    out += old ? '\x01' : '\x03';
    out += '\0';
    for (std::size_t i = 0; i < length_size; ++i)
        out += static_cast<char>(text.size() >> 8 * i & 0xff);
    return out + text;
}

}  // namespace

result<std::string> npy_header(hdf5::datatype const& type, std::span<std::uint64_t const> shape)
{
    bool const array = type.what == hdf5::type_class::array;
    auto const element = description(array ? *type.base : type);
    if (!element)
        return element;
    auto text = "{'descr': " + *element + ", 'fortran_order': False, 'shape': (";
    for (auto const extent : shape)
        text += std::to_string(extent) + ",";
    if (array)
        for (auto const extent : type.dimensions)
            text += std::to_string(extent) + ",";
    return framed(text + "), }");
}

}  // namespace lindi::tools
