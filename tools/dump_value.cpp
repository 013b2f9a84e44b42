#include "dump_value.hpp"

#include "dump_selection.hpp"

#include <lindi/core/hex.hpp>
#include <lindi/zarr/shortest_float.hpp>

#include <algorithm>

namespace lindi::tools {
namespace {

using element_bytes = std::span<std::byte const>;

void write_hex(json_writer& w, char const* key, element_bytes bytes)
{
    w.begin_object();
    w.member(key, hex_of(bytes));
    w.end_object();
}

void write_float(json_writer& w, hdf5::datatype const& type, element_bytes element)
{
    auto const value = node::decode_float(type, element);
    w.begin_object();
    w.member("r", zarr::shortest_float(value, node::is_ieee(type) ? type.size : sizeof(double)));
    w.member("h", hex_of(canonical_leaf(type, element)));
    w.end_object();
}

std::string_view up_to_nul(std::string_view text)
{
    return text.substr(0, text.find('\0'));
}

result<void> write_variable_string(
    json_writer& w, dump_context& context, hdf5::datatype const& type, element_bytes element
)
{
    auto const found = spend_sequence(context, type, element);
    if (!found)
        return found.error();
    if (found->null)
        w.null();
    else
        write_text(w, up_to_nul(as_text(found->elements)));
    return {};
}

/// `count` elements that lie one after the other.
result<void> write_list(
    json_writer& w,
    dump_context& context,
    hdf5::datatype const& base,
    std::uint64_t count,
    element_bytes elements
)
{
    w.begin_array();
    for (std::uint64_t i = 0; i < count; ++i) {
        auto const element = elements.subspan(static_cast<std::size_t>(i * base.size), base.size);
        if (auto const written = write_value(w, context, base, element); !written)
            return written.error();
    }
    w.end_array();
    return {};
}

result<void> write_compound(
    json_writer& w, dump_context& context, hdf5::datatype const& type, element_bytes element
)
{
    w.begin_array();
    for (auto const& member : type.members) {
        auto const part =
            element.subspan(static_cast<std::size_t>(member.offset), member.type->size);
        if (auto const written = write_value(w, context, *member.type, part); !written)
            return written.error();
    }
    w.end_array();
    return {};
}

result<void> write_reference(
    json_writer& w, dump_context& context, hdf5::datatype const& type, element_bytes element
)
{
    auto const reference = spend_reference(context, type, element);
    if (!reference)
        return reference.error();
    if (reference->null) {
        w.null();
        return {};
    }
    auto const target = reference->object;
    if (target == node::no_object || context.paths[target].empty()) {
        write_hex(w, "unresolved", element);
        return {};
    }
    w.begin_object();
    put_name(w, "ref", context.paths[target]);
    if (reference->region) {
        w.key("region");
        write_selection(w, *reference->region, extent_of(context, target));
    } else if (reference->kind == hdf5::reference_kind::attribute) {
        w.key("to");
        w.begin_object();
        w.member("attr", utf8_text(reference->attribute));
        w.end_object();
    }
    w.end_object();
    return {};
}

/// Text as libhdf5 hands it out: NULs in front of the spaces are kept.
std::string_view stored_text(hdf5::datatype const& type, std::span<std::byte const> element)
{
    if (type.padding != hdf5::string_pad::space_padded)
        return node::trim_fixed_string(type, element);
    auto const all = as_text(element);
    return all.substr(0, all.find_last_not_of(' ') + 1);
}

}  // namespace

lindi::bytes canonical_leaf(hdf5::datatype const& type, std::span<std::byte const> element)
{
    using enum hdf5::type_class;
    if (type.what == enumeration)
        return canonical_leaf(*type.base, element);
    lindi::bytes out(element.begin(), element.end());
    bool const number =
        type.what == integer || type.what == floating || type.what == bitfield || type.what == time;
    if (number && type.order == hdf5::byte_order::big)
        std::reverse(out.begin(), out.end());
    return out;
}

void write_integer(json_writer& w, hdf5::datatype const& type, std::span<std::byte const> element)
{
    if (type.size > 8) {
        write_hex(w, "h", canonical_leaf(type, element));
        return;
    }
    auto const bits = node::decode_integer_bits(type, element);
    if (type.is_signed)
        w.number(static_cast<std::int64_t>(bits));
    else
        w.number(bits);
}

std::span<std::uint64_t const> extent_of(dump_context const& context, node::object_id target)
{
    auto const& data = context.graph.objects[target].dataset;
    return data ? std::span<std::uint64_t const>(data->space.extents) : element_extents{};
}

result<node::reference> spend_reference(
    dump_context& context, hdf5::datatype const& type, std::span<std::byte const> element
)
{
    auto decoded = node::decode_value(type, element, context.graph);
    if (!decoded) {
        if (decoded.error().code() == errc::too_large)
            return decoded.error();
        if (!context.damaged_reference)
            context.damaged_reference = decoded.error();
        return node::reference{};
    }
    auto* const reference = std::get_if<node::reference>(&decoded->is);
    if (reference == nullptr) {
        node::reference null;
        null.null = true;
        return null;
    }
    if (reference->region && reference->object != node::no_object) {
        auto const work = selection_work(*reference->region, extent_of(context, reference->object));
        if (auto const spent = context.spend(work, 0); !spent)
            return spent.error();
    }
    return std::move(*reference);
}

result<node::sequence> spend_sequence(
    dump_context& context, hdf5::datatype const& type, std::span<std::byte const> element
)
{
    auto const found = node::find_sequence(context.graph, type, element);
    if (found)
        if (auto const spent =
                context.spend(type.is_variable_string ? 0 : found->count, found->elements.size());
            !spent)
            return spent.error();
    return found;
}

result<void> write_value(
    json_writer& w,
    dump_context& context,
    hdf5::datatype const& type,
    std::span<std::byte const> element
)
{
    using enum hdf5::type_class;
    switch (type.what) {
    case integer:
        write_integer(w, type, element);
        return {};
    case enumeration:
        write_integer(w, *type.base, element);
        return {};
    case floating:
        write_float(w, type, element);
        return {};
    case time:
    case bitfield:
    case opaque:
        write_hex(w, "hex", canonical_leaf(type, element));
        return {};
    case string:
        write_text(w, stored_text(type, element));
        return {};
    case compound:
        return write_compound(w, context, type, element);
    case array:
        return write_list(w, context, *type.base, type.array_count(), element);
    case complex:
        return write_list(w, context, *type.base, 2, element);
    case reference:
        return write_reference(w, context, type, element);
    case variable_length:
        break;
    }
    if (type.is_variable_string)
        return write_variable_string(w, context, type, element);
    auto const found = spend_sequence(context, type, element);
    if (!found)
        return found.error();
    return write_list(
        w, context, *type.base, found->elements.empty() ? 0 : found->count, found->elements
    );
}

}  // namespace lindi::tools
