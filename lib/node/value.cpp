#include "reference_value.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/hdf5/selection.hpp>
#include <lindi/node/sequence.hpp>
#include <lindi/node/value.hpp>

#include <algorithm>
#include <cmath>

namespace lindi::node {
namespace {

using hdf5::type_class;

constexpr char const* structure = "value";
struct decode_state {
    graph const& g;
    part_counter parts{};
};

result<value>
decode_part(hdf5::datatype const& type, std::span<std::byte const> element, decode_state& s);

/// Bytes of a number, least significant first.
lindi::bytes little_endian(hdf5::datatype const& type, std::span<std::byte const> element)
{
    lindi::bytes out(element.begin(), element.end());
    if (type.order == hdf5::byte_order::big)
        std::reverse(out.begin(), out.end());
    return out;
}

value decode_integer(hdf5::datatype const& type, std::span<std::byte const> element)
{
    if (type.size > 8)
        return {raw_bits{little_endian(type, element)}};
    auto const bits = decode_integer_bits(type, element);
    if (type.is_signed)
        return {static_cast<std::int64_t>(bits)};
    return {bits};
}

result<value> decode_number(hdf5::datatype const& type, std::span<std::byte const> element)
{
    constexpr std::uint32_t widest = 16;
    if (type.size > widest)
        return error(
            errc::unsupported, error::nowhere, structure, "floating point of over 16 bytes"
        );
    return value{decode_float(type, element)};
}

result<value> decode_many(
    hdf5::datatype const& type,
    std::uint64_t count,
    std::span<std::byte const> elements,
    decode_state& s
)
{
    if (count > elements.size() / type.size)
        return error(errc::truncated, error::nowhere, structure, "fewer bytes than elements");
    if (auto const room = s.parts.check_room(count); !room)
        return room.error();
    value_list out;
    out.reserve(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
        auto part = decode_part(type, elements.subspan(i * type.size, type.size), s);
        if (!part)
            return part;
        out.push_back(std::move(*part));
    }
    return value{std::move(out)};
}

result<value>
decode_compound(hdf5::datatype const& type, std::span<std::byte const> element, decode_state& s)
{
    value_list out;
    out.reserve(type.members.size());
    for (auto const& member : type.members) {
        if (member.offset > element.size() || member.type->size > element.size() - member.offset)
            return error(
                errc::bad_value, error::nowhere, structure, "a member lies outside its compound"
            );
        auto part = decode_part(*member.type, element.subspan(member.offset, member.type->size), s);
        if (!part)
            return part.error().within(member.name);
        out.push_back(std::move(*part));
    }
    return value{std::move(out)};
}

result<value> decode_variable_length(
    hdf5::datatype const& type, std::span<std::byte const> element, decode_state& s
)
{
    auto const found = find_sequence(s.g, type, element);
    if (!found)
        return found.error();
    if (!type.is_variable_string)
        return decode_many(*type.base, found->count, found->elements, s);
    if (found->null)
        return value{};
    auto const stored = as_text(found->elements);
    if (auto const taken = s.parts.take_text(stored); !taken)
        return taken.error();
    return value{text{std::string(stored.substr(0, stored.find('\0')))}};
}

result<value>
decode_part(hdf5::datatype const& type, std::span<std::byte const> element, decode_state& s)
{
    if (auto const taken = s.parts.take(1); !taken)
        return taken.error();
    switch (type.what) {
    case type_class::integer:
    case type_class::bitfield:
        return decode_integer(type, element);
    case type_class::floating:
        return decode_number(type, element);
    case type_class::string:
        return value{text{std::string(trim_fixed_string(type, element))}};
    case type_class::time:
    case type_class::opaque:
        return value{raw_bits{little_endian(type, element)}};
    case type_class::compound:
        return decode_compound(type, element, s);
    case type_class::reference:
        return decode_reference(type, element, s.g);
    case type_class::enumeration:
        return decode_part(*type.base, element, s);
    case type_class::variable_length:
        return decode_variable_length(type, element, s);
    case type_class::array:
        return decode_many(*type.base, type.array_count(), element, s);
    case type_class::complex:
        return decode_many(*type.base, 2, element, s);
    }
    return error(errc::unsupported, error::nowhere, structure, "unknown class");
}

}  // namespace

result<void> part_counter::check_room(std::uint64_t parts) const
{
    if (parts > left_)
        return error(errc::too_large, error::nowhere, structure, "limit on parts of one element");
    return {};
}

result<void> part_counter::take(std::uint64_t parts)
{
    auto const room = check_room(parts);
    if (room)
        left_ -= parts;
    return room;
}

result<void> part_counter::take_text(std::string_view text)
{
    constexpr std::size_t text_of_one_part = 64;
    return take(text.size() / text_of_one_part);
}

result<value>
decode_value(hdf5::datatype const& type, std::span<std::byte const> element, graph const& g)
{
    if (element.size() < type.size)
        return error(errc::truncated, error::nowhere, structure);
    decode_state s{g};
    return decode_part(type, element.first(type.size), s);
}

std::uint64_t decode_integer_bits(hdf5::datatype const& type, std::span<std::byte const> element)
{
    std::uint64_t all = 0;
    auto const size = std::min<std::size_t>(element.size(), 8);
    bool const big = type.order == hdf5::byte_order::big;
    for (std::size_t i = 0; i < size; ++i)
        all |= std::to_integer<std::uint64_t>(element[big ? size - 1 - i : i]) << 8 * i;
    if (type.bit_offset >= 64 || type.precision == 0)
        return 0;
    all >>= type.bit_offset;
    if (type.precision >= 64)
        return all;
    auto const mask = (std::uint64_t{1} << type.precision) - 1;
    all &= mask;
    bool const negative = type.is_signed && (all >> (type.precision - 1) & 1) != 0;
    return negative ? all | ~mask : all;
}

std::string_view trim_fixed_string(hdf5::datatype const& type, std::span<std::byte const> element)
{
    auto const all = as_text(element);
    if (type.padding == hdf5::string_pad::null_terminated)
        return all.substr(0, all.find('\0'));
    // npos + 1 is 0: nothing but padding leaves an empty view, which still lies in the element.
    auto const text = type.padding == hdf5::string_pad::space_padded
                          ? all.substr(0, all.find_last_not_of(' ') + 1)
                          : all;
    return text.substr(0, text.find_last_not_of('\0') + 1);
}

}  // namespace lindi::node
