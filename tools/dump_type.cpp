#include "dump_type.hpp"

#include "dump_value.hpp"

#include <algorithm>

namespace lindi::tools {
namespace {

char const* order_name(hdf5::byte_order order)
{
    switch (order) {
    case hdf5::byte_order::little:
        return "le";
    case hdf5::byte_order::big:
        return "be";
    case hdf5::byte_order::vax:
        return "vax";
    }
    return "?";
}

char const* pad_name(hdf5::bit_pad pad)
{
    switch (pad) {
    case hdf5::bit_pad::zero:
        return "zero";
    case hdf5::bit_pad::one:
        return "one";
    case hdf5::bit_pad::background:
        return "background";
    }
    return "?";
}

char const* norm_name(hdf5::mantissa_norm norm)
{
    switch (norm) {
    case hdf5::mantissa_norm::none:
        return "none";
    case hdf5::mantissa_norm::msb_set:
        return "msbset";
    case hdf5::mantissa_norm::implied:
        return "implied";
    }
    return "?";
}

char const* padding_name(hdf5::string_pad padding)
{
    switch (padding) {
    case hdf5::string_pad::null_terminated:
        return "nullterm";
    case hdf5::string_pad::null_padded:
        return "nullpad";
    case hdf5::string_pad::space_padded:
        return "spacepad";
    }
    return "?";
}

char const* reference_name(hdf5::reference_kind kind)
{
    switch (kind) {
    case hdf5::reference_kind::object:
        return "object";
    case hdf5::reference_kind::region:
        return "region";
    default:
        return "std";
    }
}

void put_bits(json_writer& w, char const* name, hdf5::datatype const& type)
{
    w.member("class", name);
    w.member("size", type.size);
    w.member("order", order_name(type.order));
    w.member("precision", type.precision);
    if (type.what == hdf5::type_class::time)
        return;
    w.member("offset", type.bit_offset);
    w.member("lsb_pad", pad_name(type.low_pad));
    w.member("msb_pad", pad_name(type.high_pad));
}

void put_floating(json_writer& w, hdf5::datatype const& type)
{
    put_bits(w, "float", type);
    w.member("sign_pos", unsigned{type.sign_position});
    w.member("exp_pos", unsigned{type.exponent_position});
    w.member("exp_size", unsigned{type.exponent_size});
    w.member("mant_pos", unsigned{type.mantissa_position});
    w.member("mant_size", unsigned{type.mantissa_size});
    w.member("exp_bias", type.exponent_bias);
    w.member("norm", norm_name(type.norm));
    w.member("inpad", pad_name(type.internal_pad));
}

void put_string(json_writer& w, hdf5::datatype const& type)
{
    if (type.what == hdf5::type_class::string) {
        w.member("class", "string");
        w.member("size", type.size);
    } else {
        w.member("class", "vlen_string");
    }
    w.member("strpad", padding_name(type.padding));
    w.member("cset", type.charset == hdf5::character_set::utf8 ? "utf8" : "ascii");
}

/// Size of an element where revised references take the 64 bytes that they have in libhdf5's
/// memory: the canonical form says so, while their size in the file differs from file to file.
std::uint64_t canonical_size(hdf5::datatype const& type)
{
    using enum hdf5::type_class;
    if (type.what == reference)
        return type.reference == hdf5::reference_kind::object ||
                       type.reference == hdf5::reference_kind::region
                   ? type.size
                   : 64;
    if (type.what == array)
        return type.array_count() * canonical_size(*type.base);
    if (type.what != compound)
        return type.size;
    std::uint64_t size = type.size;
    for (auto const& member : type.members)
        size += canonical_size(*member.type) - member.type->size;
    return size;
}

/// Offset of a member where the members before it have their canonical size.
std::uint64_t canonical_offset(hdf5::datatype const& type, hdf5::compound_member const& of)
{
    std::uint64_t offset = of.offset;
    for (auto const& member : type.members)
        if (member.offset < of.offset)
            offset += canonical_size(*member.type) - member.type->size;
    return offset;
}

void put_compound(json_writer& w, dump_context& context, hdf5::datatype const& type)
{
    auto const size = canonical_size(type);
    w.member("class", "compound");
    w.member("size", size);
    w.key("members");
    w.begin_array();
    for (auto const& member : type.members) {
        w.begin_object();
        put_name(w, "name", member.name);
        w.member("offset", size == type.size ? member.offset : canonical_offset(type, member));
        w.key("dtype");
        write_type(w, context, *member.type);
        w.end_object();
    }
    w.end_array();
}

void put_enumeration(json_writer& w, dump_context& context, hdf5::datatype const& type)
{
    w.member("class", "enum");
    w.member("size", type.size);
    w.key("base");
    write_type(w, context, *type.base);
    w.key("members");
    w.begin_array();
    for (auto const& member : type.values) {
        w.begin_object();
        put_name(w, "name", member.name);
        w.key("value");
        write_integer(w, *type.base, member.value);
        w.end_object();
    }
    w.end_array();
}

/// Types made of elements of another one.
void put_derived(json_writer& w, dump_context& context, hdf5::datatype const& type)
{
    using enum hdf5::type_class;
    w.member(
        "class",
        type.what == variable_length ? "vlen"
        : type.what == array         ? "array"
                                     : "complex"
    );
    if (type.what != variable_length)
        w.member("size", canonical_size(type));
    if (type.what == array) {
        w.key("dims");
        w.begin_array();
        for (auto const extent : type.dimensions)
            w.number(extent);
        w.end_array();
    }
    w.key("base");
    write_type(w, context, *type.base);
}

void put_reference(json_writer& w, hdf5::datatype const& type)
{
    w.member("class", "reference");
    w.member("ref", reference_name(type.reference));
    w.key("size");
    if (type.reference == hdf5::reference_kind::object ||
        type.reference == hdf5::reference_kind::region)
        w.number(type.size);
    else
        w.null();
}

void put_class(json_writer& w, dump_context& context, hdf5::datatype const& type)
{
    using enum hdf5::type_class;
    switch (type.what) {
    case integer:
        put_bits(w, "integer", type);
        w.member("sign", type.is_signed ? "signed" : "unsigned");
        return;
    case floating:
        return put_floating(w, type);
    case time:
        return put_bits(w, "time", type);
    case bitfield:
        return put_bits(w, "bitfield", type);
    case string:
        return put_string(w, type);
    case opaque:
        w.member("class", "opaque");
        w.member("size", type.size);
        return put_name(w, "tag", type.tag);
    case compound:
        return put_compound(w, context, type);
    case reference:
        return put_reference(w, type);
    case enumeration:
        return put_enumeration(w, context, type);
    case variable_length:
        if (type.is_variable_string)
            return put_string(w, type);
        return put_derived(w, context, type);
    case array:
    case complex:
        return put_derived(w, context, type);
    }
}

std::string path_of_type(dump_context const& context, std::uint64_t address)
{
    auto const id = context.graph.find(address);
    if (id != node::no_object && !context.paths[id].empty())
        return context.paths[id];
    return "addr:" + std::to_string(address);
}

}  // namespace

void write_type(json_writer& w, dump_context& context, hdf5::datatype const& type, bool named)
{
    w.begin_object();
    put_class(w, context, type);
    if (named && type.committed_at != hdf5::undefined_address)
        put_name(w, "committed", path_of_type(context, type.committed_at));
    w.end_object();
}

bool has_indirect_parts(hdf5::datatype const& type) noexcept
{
    return type.needs_heap() || type.has_reference();
}

}  // namespace lindi::tools
