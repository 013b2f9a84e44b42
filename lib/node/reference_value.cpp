#include "reference_value.hpp"

#include <lindi/hdf5/selection.hpp>

#include <algorithm>

namespace lindi::node {
namespace {

constexpr char const* structure = "reference";

bool all_zero(std::span<std::byte const> bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

value null_reference(hdf5::reference_kind kind)
{
    reference out;
    out.kind = kind;
    out.null = true;
    return {std::move(out)};
}

value to_object(hdf5::reference_kind kind, std::uint64_t address, graph const& g)
{
    reference out;
    out.kind = kind;
    out.object = g.find(address);
    return {std::move(out)};
}

result<value> decode_object_reference(std::span<std::byte const> element, graph const& g)
{
    cursor c({element, error::nowhere}, structure);
    auto const address = g.file.superblock.sizes.read_address(c);
    if (!c.ok())
        return c.failure();
    if (all_zero(element) || address == hdf5::undefined_address)
        return null_reference(hdf5::reference_kind::object);
    return to_object(hdf5::reference_kind::object, address, g);
}

/// A heap object with the dataset's address and the selection.
result<value> decode_region_reference(std::span<std::byte const> element, graph const& g)
{
    cursor c({element, error::nowhere}, structure);
    auto const sizes = g.file.superblock.sizes;
    auto const id = hdf5::read_global_heap_id(c, sizes);
    if (!c.ok())
        return c.failure();
    if (all_zero(element))
        return null_reference(hdf5::reference_kind::region);
    auto const object = g.heap.find(id);
    if (!object)
        return object.error();
    cursor body(*object, "region reference");
    auto const address = sizes.read_address(body);
    auto region = hdf5::read_selection(body);
    if (!body.ok())
        return body.failure();
    reference out;
    out.kind = hdf5::reference_kind::region;
    out.object = g.find(address);
    out.region = std::make_shared<hdf5::selection const>(std::move(region));
    return value{std::move(out)};
}

/// What stands behind the two bytes of kind and flags: token, then a selection or an attribute's
/// name.
result<value>
decode_revised_body(cursor& c, hdf5::reference_kind kind, std::uint8_t flags, graph const& g)
{
    constexpr std::uint8_t external = 0x01;
    auto const token_size = c.u8();
    cursor token(c.take(token_size), structure);
    auto const address = g.file.superblock.sizes.read_address(token);
    reference out;
    out.kind = kind;
    if (token.ok() && (flags & external) == 0)
        out.object = g.find(address);
    if (kind == hdf5::reference_kind::region_revised) {
        auto const size = c.u32();
        c.u32();  // rank of the dataset
        cursor body(c.take(size), "region reference");
        auto region = hdf5::read_selection(body);
        if (!body.ok())
            return body.failure();
        out.region = std::make_shared<hdf5::selection const>(std::move(region));
    } else if (kind == hdf5::reference_kind::attribute) {
        out.attribute = as_text(c.take(c.u16()).bytes);
    }
    if (!c.ok())
        return c.failure();
    return value{std::move(out)};
}

/// In the file: kind, flags, size of the rest; the rest in place or in the global heap.
result<value> decode_revised(std::span<std::byte const> element, graph const& g)
{
    if (all_zero(element))
        return null_reference(hdf5::reference_kind::object_revised);
    cursor c({element, error::nowhere}, structure);
    auto const kind = c.u8();
    auto const flags = c.u8();
    if (kind < 2 || kind > 4)
        return error(errc::bad_value, error::nowhere, structure, "kind " + std::to_string(kind));
    auto const what = static_cast<hdf5::reference_kind>(kind);
    if (what == hdf5::reference_kind::object_revised)
        return decode_revised_body(c, what, flags, g);
    auto const size = c.u32();
    auto const id = hdf5::read_global_heap_id(c, g.file.superblock.sizes);
    if (!c.ok())
        return c.failure();
    auto const object = g.heap.find(id);
    if (!object)
        return object.error();
    cursor body(object->sub(0, size), structure);
    return decode_revised_body(body, what, flags, g);
}

}  // namespace

result<value>
decode_reference(hdf5::datatype const& type, std::span<std::byte const> element, graph const& g)
{
    switch (type.reference) {
    case hdf5::reference_kind::object:
        return decode_object_reference(element, g);
    case hdf5::reference_kind::region:
        return decode_region_reference(element, g);
    case hdf5::reference_kind::object_revised:
    case hdf5::reference_kind::region_revised:
    case hdf5::reference_kind::attribute:
        return decode_revised(element, g);
    }
    return error(errc::unsupported, error::nowhere, structure, "unknown kind");
}

}  // namespace lindi::node
