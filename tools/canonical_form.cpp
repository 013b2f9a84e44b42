#include "canonical_form.hpp"

#include "dump_type.hpp"
#include "dump_value.hpp"
#include "selection_facts.hpp"
#include "sha256.hpp"

#include <lindi/core/hex.hpp>

#include <algorithm>

namespace lindi::tools {
namespace {

using element_bytes = std::span<std::byte const>;

std::string hex_string(std::string_view text)
{
    return '"' + hex_of(as_bytes(text)) + '"';
}

/// Calls `append(type, element)` for the parts of an element that has parts.
/// \return false when it has none
template <class Append>
bool for_each_part(hdf5::datatype const& type, element_bytes element, Append&& append)
{
    using enum hdf5::type_class;
    if (type.what == compound) {
        for (auto const& member : type.members)
            append(
                *member.type,
                element.subspan(static_cast<std::size_t>(member.offset), member.type->size)
            );
        return true;
    }
    if (type.what != array && type.what != complex)
        return false;
    auto const count = type.what == array ? type.array_count() : 2;
    for (std::uint64_t i = 0; i < count; ++i)
        append(
            *type.base,
            element.subspan(static_cast<std::size_t>(i * type.base->size), type.base->size)
        );
    return true;
}

std::string region_jtext(std::string const& path, selection_facts const& facts)
{
    if (facts.error != nullptr)
        return "[" + path + ",\"error\"]";
    auto const count = facts.element_count ? std::to_string(*facts.element_count) : "None";
    auto const sum = facts.index_sum ? '"' + *facts.index_sum + '"' : "null";
    return "[" + path + ",\"" + facts.type + "\"," + count + "," + sum + "]";
}

result<std::string>
reference_jtext(dump_context& context, hdf5::datatype const& type, element_bytes element)
{
    auto const reference = spend_reference(context, type, element);
    if (!reference)
        return reference.error();
    if (reference->null)
        return std::string("null");
    auto const target = reference->object;
    if (target == node::no_object || context.paths[target].empty())
        return std::string("\"?\"");
    if (auto const spent = context.spend(0, context.paths[target].size()); !spent)
        return spent.error();
    auto const path = hex_string(context.paths[target]);
    if (reference->region)
        return region_jtext(
            path, describe_selection(*reference->region, extent_of(context, target))
        );
    if (reference->kind == hdf5::reference_kind::attribute)
        return "[" + path + ",\"attr\"," + hex_string(reference->attribute) + "]";
    return path;
}

result<void> append_sequence(
    std::string& out, dump_context& context, hdf5::datatype const& type, element_bytes element
)
{
    auto const found = spend_sequence(context, type, element);
    if (!found)
        return found.error();
    if (type.is_variable_string) {
        auto const text = as_text(found->elements);
        out += found->null ? "null" : hex_string(text.substr(0, text.find('\0')));
        return {};
    }
    out += '[';
    auto const size = type.base->size;
    for (std::size_t at = 0; at < found->elements.size(); at += size) {
        if (at != 0)
            out += ',';
        if (auto const done =
                append_jtext(out, context, *type.base, found->elements.subspan(at, size));
            !done)
            return done.error();
    }
    out += ']';
    return {};
}

}  // namespace

void append_canonical(
    lindi::bytes& out, hdf5::datatype const& type, std::span<std::byte const> element
)
{
    bool const parts =
        for_each_part(type, element, [&](hdf5::datatype const& part, element_bytes bytes) {
            append_canonical(out, part, bytes);
        });
    if (parts)
        return;
    auto const leaf = canonical_leaf(type, element);
    out.insert(out.end(), leaf.begin(), leaf.end());
}

result<void> append_jtext(
    std::string& out,
    dump_context& context,
    hdf5::datatype const& type,
    std::span<std::byte const> element
)
{
    using enum hdf5::type_class;
    if (type.what == variable_length)
        return append_sequence(out, context, type, element);
    if (type.what == reference) {
        auto const text = reference_jtext(context, type, element);
        if (!text)
            return text.error();
        out += *text;
        return {};
    }
    if (type.what != compound && type.what != array && type.what != complex) {
        out += '"' + hex_of(canonical_leaf(type, element)) + '"';
        return {};
    }
    result<void> done;
    char before = '[';
    for_each_part(type, element, [&](hdf5::datatype const& part, element_bytes bytes) {
        out += before;
        before = ',';
        if (done)
            done = append_jtext(out, context, part, bytes);
    });
    out += before == '[' ? "[]" : "]";
    return done;
}

result<element_sum>
sum_elements(dump_context& context, hdf5::datatype const& type, std::span<std::byte const> elements)
{
    auto const spent = context.spend(elements.size() / type.size, elements.size());
    if (!spent)
        return spent.error();
    sha256 sum;
    bool const raw = !has_indirect_parts(type);
    lindi::bytes canonical;
    std::string text = raw ? "" : "[";
    for (std::size_t at = 0; at < elements.size(); at += type.size) {
        auto const element = elements.subspan(at, type.size);
        if (raw) {
            canonical.clear();
            append_canonical(canonical, type, element);
            sum.add(canonical);
            continue;
        }
        if (at != 0)
            text += ',';
        if (auto const done = append_jtext(text, context, type, element); !done)
            return done.error();
        sum.add(text);
        text.clear();
    }
    if (!raw)
        sum.add(text + "]");
    return element_sum{sum.finish(), raw ? "raw" : "jtext"};
}

}  // namespace lindi::tools
