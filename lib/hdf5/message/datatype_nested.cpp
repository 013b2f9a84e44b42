// Classes of datatypes that hold other types.
#include "type_reader.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>
#include <bit>

namespace lindi::hdf5 {
namespace {

constexpr unsigned max_array_rank = 32;
constexpr unsigned max_member_rank = 4;
/// Name's NUL, offset, and the eight bytes that all types have.
constexpr std::size_t min_member_size = 10;

/// Bytes that hold every offset up to `size`.
unsigned offset_width(std::uint32_t size)
{
    return static_cast<unsigned>(std::bit_width(size) + 7) / 8;
}

/// How version 1 has arrays: as a dimensioned member.
datatype_ptr to_array(cursor& c, datatype_ptr base, std::vector<std::uint32_t> dimensions)
{
    auto array = std::make_shared<datatype>();
    array->what = type_class::array;
    array->version = 2;
    array->dimensions = std::move(dimensions);
    auto const size = checked_multiply(array->array_count(), base->size);
    c.require(size && *size != 0 && *size <= 0xffffffff, errc::bad_value, "size of an array");
    array->size = static_cast<std::uint32_t>(size.value_or(0));
    array->base = std::move(base);
    return array;
}

}  // namespace

std::string type_reader::read_name(unsigned version)
{
    std::string name(c_.c_string());
    // Before version 3 filled up to a multiple of 8, counted from the name's start.
    auto const over = (name.size() + 1) % 8;
    if (version < 3 && over != 0)
        c_.skip(8 - over);
    return name;
}

std::vector<std::uint32_t> type_reader::read_dimensions(unsigned count)
{
    std::vector<std::uint32_t> out;
    if (!c_.room_for(count, 4))
        return out;
    for (unsigned i = 0; i < count; ++i) {
        out.push_back(c_.u32());
        c_.require(out.back() != 0, errc::bad_value, "array with an extent of 0");
    }
    return out;
}

/// Of version 1: always room for four, of which the rank says how many count.
std::vector<std::uint32_t> type_reader::read_member_dimensions()
{
    unsigned const rank = c_.u8();
    c_.skip(3 + 4 + 4);  // reserved, permutation that was never implemented, reserved
    if (!c_.require(rank <= max_member_rank, errc::bad_value, "dimensions of a member"))
        return {};
    auto out = read_dimensions(rank);
    c_.skip(4 * (max_member_rank - rank));
    return out;
}

compound_member type_reader::read_member(datatype const& compound)
{
    compound_member out;
    out.name = read_name(compound.version);
    out.offset = c_.uint(compound.version < 3 ? 4 : offset_width(compound.size));
    std::vector<std::uint32_t> dimensions;
    if (compound.version == 1)
        dimensions = read_member_dimensions();
    out.type = read_base();
    if (!dimensions.empty())
        out.type = to_array(c_, std::move(out.type), std::move(dimensions));
    c_.require(
        out.offset + out.type->size <= compound.size, errc::bad_value, "member outside its compound"
    );
    return out;
}

/// Overlaps and equal names: libhdf5 refuses both, no reader could tell such members apart.
void type_reader::check_members(std::vector<compound_member> const& members)
{
    std::vector<compound_member const*> sorted;
    for (auto const& member : members)
        sorted.push_back(&member);
    std::sort(sorted.begin(), sorted.end(), [](auto a, auto b) { return a->offset < b->offset; });
    for (std::size_t i = 1; i < sorted.size(); ++i)
        c_.require(
            sorted[i - 1]->offset + sorted[i - 1]->type->size <= sorted[i]->offset,
            errc::bad_value,
            "members overlap"
        );
    std::sort(sorted.begin(), sorted.end(), [](auto a, auto b) { return a->name < b->name; });
    for (std::size_t i = 1; i < sorted.size(); ++i)
        c_.require(
            sorted[i - 1]->name != sorted[i]->name, errc::bad_value, "members of the same name"
        );
}

void type_reader::read_compound(datatype& type, unsigned bits)
{
    std::size_t const count = bits & 0xffff;
    c_.require(count != 0, errc::bad_value, "compound without members");
    if (!c_.room_for(count, min_member_size))
        return;
    while (c_.ok() && type.members.size() < count)
        type.members.push_back(read_member(type));
    check_members(type.members);
}

void type_reader::read_enumeration(datatype& type, unsigned bits)
{
    std::size_t const count = bits & 0xffff;
    type.base = read_base();
    c_.require(
        type.base->what == type_class::integer && type.base->size == type.size,
        errc::bad_value,
        "base of an enumeration"
    );
    if (!c_.room_for(count, 1 + std::uint64_t{type.size}))
        return;
    while (c_.ok() && type.values.size() < count)
        type.values.push_back({read_name(type.version), {}});
    if (!c_.room_for(count, type.size))
        return;
    for (auto& member : type.values) {
        auto const value = c_.take(type.size).bytes;
        member.value.assign(value.begin(), value.end());
    }
}

void type_reader::read_variable_length(datatype& type, unsigned bits)
{
    auto const kind = bits & 0x0f;
    c_.require(kind <= 1, errc::bad_value, "neither sequence nor string");
    type.is_variable_string = kind == 1;
    if (type.is_variable_string) {
        type.padding = to_padding(bits >> 4 & 0x0f);
        type.charset = to_charset(bits >> 8 & 0x0f);
    }
    // Length, and global heap id.
    c_.require(type.size == sizes_.offsets + 8u, errc::bad_value, "size of a sequence");
    type.base = read_base();
}

void type_reader::read_array(datatype& type)
{
    auto const rank = c_.u8();
    c_.require(rank >= 1 && rank <= max_array_rank, errc::bad_value, "rank of an array");
    if (type.version < 3)
        c_.skip(3);
    type.dimensions = read_dimensions(rank);
    if (type.version < 3)
        c_.skip(4u * rank);  // permutation that was never implemented
    type.base = read_base();
    auto const size = checked_multiply(type.array_count(), type.base->size);
    c_.require(size == type.size, errc::bad_value, "size of an array");
}

void type_reader::read_complex(datatype& type, unsigned bits)
{
    c_.require(bits == 1, errc::unsupported, "complex number that is not of two equal parts");
    type.base = read_base();
    c_.require(
        type.base->what == type_class::floating && type.size / 2 == type.base->size &&
            type.size % 2 == 0,
        errc::bad_value,
        "base of a complex number"
    );
}

}  // namespace lindi::hdf5
