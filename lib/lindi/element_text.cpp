#include <lindi/hdf5/global_heap.hpp>
#include <lindi/lindi/element_text.hpp>
#include <lindi/node/enumeration.hpp>
#include <lindi/zarr/dtype.hpp>
#include <lindi/zarr/json_text.hpp>

namespace lindi::rfs {

namespace {

using hdf5::datatype;
using hdf5::type_class;
using element_view = std::span<std::byte const>;

error failure(errc code, std::string why)
{
    return {code, error::nowhere, "value", std::move(why)};
}

void append_number(std::string& out, datatype const& type, element_view element)
{
    auto const bits = node::decode_integer_bits(type, element);
    if (type.is_signed && type.what == type_class::integer)
        zarr::append_integer(out, static_cast<std::int64_t>(bits));
    else
        zarr::append_integer(out, bits);
}

result<void> append_integer(std::string& out, datatype const& type, element_view element)
{
    if (type.size > 8)
        return failure(errc::unsupported, "a number of more than 8 bytes");
    append_number(out, type, element.first(type.size));
    return {};
}

}  // namespace

result<void>
element_text::append(std::string& out, datatype const& type, element_view element) const
{
    if (out.size() > max_)
        return failure(errc::too_large, "its text is longer than inline_bytes");
    if (element.size() < type.size)
        return failure(errc::truncated, "an element lies outside its data");
    switch (type.what) {
    case type_class::integer:
    case type_class::bitfield:
        return append_integer(out, type, element);
    case type_class::enumeration:
        if (node::is_boolean(type)) {
            out += node::decode_integer_bits(*type.base, element.first(type.size)) != 0 ? "true"
                                                                                        : "false";
            return {};
        }
        return append(out, *type.base, element);
    case type_class::floating:
        if (type.size > 16)
            return failure(errc::unsupported, "a number of more than 16 bytes");
        zarr::append_float(out, node::decode_float(type, element.first(type.size)), style_);
        return {};
    case type_class::string:
        zarr::append_string(out, node::trim_fixed_string(type, element.first(type.size)));
        return {};
    case type_class::reference:
        return append_reference(out, type, element);
    case type_class::compound:
        return append_members(out, type, element);
    case type_class::variable_length:
        return append_sequence(out, type, element);
    case type_class::array:
        return append_many(out, *type.base, type.array_count(), element.first(type.size));
    case type_class::complex:
        return append_many(out, *type.base, 2, element.first(type.size));
    case type_class::time:
    case type_class::opaque:
        break;
    }
    return failure(errc::unsupported, "JSON has no form for its type");
}

result<std::string> element_text::read_text(datatype const& type, element_view element) const
{
    auto value = node::decode_value(type, element, *graph_);
    if (!value)
        return value.error();
    if (auto* const text = std::get_if<node::text>(&value->is))
        return std::move(text->bytes);
    return std::string();
}

result<void>
element_text::append_reference(std::string& out, datatype const& type, element_view element) const
{
    auto const value = node::decode_value(type, element, *graph_);
    if (!value)
        return value.error();
    auto const* const reference = std::get_if<node::reference>(&value->is);
    if (reference == nullptr || reference->kind == hdf5::reference_kind::attribute)
        return failure(errc::unsupported, "a reference to an attribute");
    if (!names_->append(out, *reference)) {
        out += "null";
        lost_references_ += reference->null ? 0 : 1;
    }
    return {};
}

result<void>
element_text::append_members(std::string& out, datatype const& type, element_view element) const
{
    out += '[';
    for (auto const& member : type.members) {
        if (&member != type.members.data())
            out += ',';
        if (member.offset > element.size())
            return failure(errc::truncated, "a member lies outside its compound");
        auto const part = append(out, *member.type, element.subspan(member.offset));
        if (!part)
            return part;
    }
    out += ']';
    return {};
}

result<void>
element_text::append_sequence(std::string& out, datatype const& type, element_view element) const
{
    if (type.is_variable_string) {
        auto const text = read_text(type, element);
        if (!text)
            return text.error();
        zarr::append_string(out, *text);
        return {};
    }
    cursor c({element, error::nowhere}, "variable-length element");
    auto const count = c.u32();
    auto const id = hdf5::read_global_heap_id(c, graph_->file.superblock.sizes);
    if (!c.ok())
        return c.failure();
    if (count == 0 || id.collection == 0 || id.collection == hdf5::undefined_address) {
        out += "[]";
        return {};
    }
    auto const object = graph_->heap.find(id);
    if (!object)
        return object.error();
    return append_many(out, *type.base, count, object->bytes);
}

result<void> element_text::append_many(
    std::string& out, datatype const& type, std::uint64_t count, element_view all
) const
{
    if (count > all.size() / type.size)
        return failure(errc::truncated, "fewer bytes than elements");
    out += '[';
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 0)
            out += ',';
        auto const part = append(out, type, all.subspan(i * type.size, type.size));
        if (!part)
            return part;
    }
    out += ']';
    return {};
}

result<void> append_nested(
    std::string& out,
    std::span<std::uint64_t const> shape,
    std::uint64_t max,
    std::function<result<void>(std::uint64_t)> const& one
)
{
    std::uint64_t next = 0;
    auto const level = [&](auto const& self, std::size_t dimension) -> result<void> {
        if (dimension == shape.size())
            return one(next++);
        out += '[';
        for (std::uint64_t i = 0; i < shape[dimension]; ++i) {
            if (i != 0)
                out += ',';
            if (out.size() > max)
                return failure(errc::too_large, "its text is longer than inline_bytes");
            auto const part = self(self, dimension + 1);
            if (!part)
                return part;
        }
        out += ']';
        return {};
    };
    return level(level, 0);
}

}  // namespace lindi::rfs
