#include "dump_attribute.hpp"

#include "canonical_form.hpp"
#include "dump_type.hpp"
#include "dump_value.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

namespace lindi::tools {
namespace {

/// Values with more elements, or more bytes in memory, are left out.
constexpr std::uint64_t max_elements = 1024;
constexpr std::uint64_t max_bytes = 65536;

/// Bytes of an element in the memory of a program: a pointer for a string, a length and a pointer
/// for a sequence.
std::uint64_t memory_size(hdf5::datatype const& type)
{
    using enum hdf5::type_class;
    if (type.what == variable_length)
        return type.is_variable_string ? 8 : 16;
    if (type.what == array)
        return type.array_count() * memory_size(*type.base);
    if (type.what != compound)
        return type.size;
    std::uint64_t size = type.size;
    for (auto const& member : type.members)
        size += memory_size(*member.type) - member.type->size;
    return size;
}

/// The value's text, apart: what cannot be decoded is noticed half way.
result<std::string> value_text(dump_context& context, node::attribute const& attribute)
{
    std::ostringstream text;
    json_writer w(text);
    auto const& type = *attribute.type;
    bool const scalar = attribute.space.what == hdf5::dataspace::kind::scalar;
    if (!scalar)
        w.begin_array();
    for (std::size_t at = 0; at < attribute.value.size(); at += type.size) {
        auto const element = std::span(attribute.value).subspan(at, type.size);
        if (auto const written = write_value(w, context, type, element); !written)
            return written.error();
    }
    if (!scalar)
        w.end_array();
    return std::move(text).str();
}

result<void> put_value(json_writer& w, dump_context& context, node::attribute const& attribute)
{
    auto const count = attribute.space.element_count();
    auto const sum = sum_elements(context, *attribute.type, attribute.value);
    if (!sum)
        return sum.error();
    w.member("sha256", sum->sha256);
    w.member("hash_mode", sum->mode);
    if (count > max_elements || count * memory_size(*attribute.type) > max_bytes) {
        w.member("value_omitted", true);
        return {};
    }
    auto const text = value_text(context, attribute);
    if (!text)
        return text.error();
    w.key("value");
    w.text(*text);
    return {};
}

result<void> check_size(node::attribute const& attribute)
{
    auto const count = attribute.space.element_count();
    auto const& value = attribute.value;
    if (value.size() % attribute.type->size != 0 || value.size() / attribute.type->size != count)
        return error(
            errc::truncated,
            error::nowhere,
            "attribute value",
            "not as long as its type and space say"
        );
    return {};
}

void put_attribute(
    json_writer& w,
    dump_context& context,
    node::attribute const& attribute,
    std::string const& path,
    std::vector<std::string>& problems
)
{
    w.begin_object();
    put_name(w, "name", attribute.name);
    if (attribute.charset == hdf5::character_set::utf8)
        w.member("cset", "utf8");
    if (attribute.creation_order)
        w.member("corder", *attribute.creation_order);
    put_space(w, attribute.space, false);
    w.key("dtype");
    write_type(w, context, *attribute.type);
    if (attribute.space.what == hdf5::dataspace::kind::null) {
        w.null_member("value");
    } else {
        auto done = check_size(attribute);
        if (done)
            done = put_value(w, context, attribute);
        done = context.with_damage(std::move(done));
        if (!done) {
            problems.push_back(path + "@" + attribute.name + ": " + done.error().message());
            w.member("error", utf8_text(done.error().message()));
        }
    }
    w.end_object();
}

}  // namespace

void put_space(json_writer& w, hdf5::dataspace const& space, bool with_maximum)
{
    using kind = hdf5::dataspace::kind;
    bool const null = space.what == kind::null;
    w.member("space", null ? "null" : space.what == kind::scalar ? "scalar" : "simple");
    if (null) {
        w.null_member("shape");
        if (with_maximum)
            w.null_member("maxshape");
        return;
    }
    put_numbers(w, "shape", space.extents);
    if (!with_maximum)
        return;
    w.key("maxshape");
    w.begin_array();
    for (auto const extent : space.max_extents)
        extent == hdf5::dataspace::unlimited ? w.null() : w.number(extent);
    w.end_array();
}

void put_attributes(
    json_writer& w,
    dump_context& context,
    node::object const& object,
    std::string const& path,
    std::vector<std::string>& problems
)
{
    w.member("nattrs", object.attributes.size());
    if (object.dense_attributes)
        w.member("attr_storage", "dense");
    std::vector<node::attribute const*> sorted;
    for (auto const& attribute : object.attributes)
        sorted.push_back(&attribute);
    std::stable_sort(sorted.begin(), sorted.end(), [](auto const* a, auto const* b) {
        return a->name < b->name;
    });
    w.key("attrs");
    w.begin_array();
    for (auto const* const attribute : sorted)
        if (context.has_room(w))
            put_attribute(w, context, *attribute, path, problems);
    w.end_array();
}

}  // namespace lindi::tools
