#include <lindi/core/checked.hpp>
#include <lindi/core/utf8.hpp>
#include <lindi/lindi/attributes.hpp>
#include <lindi/lindi/names.hpp>
#include <lindi/zarr/dtype.hpp>
#include <lindi/zarr/json_text.hpp>

#include <algorithm>
#include <array>

namespace lindi::rfs {

namespace {

using hdf5::datatype;
using hdf5::type_class;

error no_form(std::string why)
{
    return {errc::unsupported, error::nowhere, "attribute", std::move(why)};
}

/// Names that readers give a meaning of their own to.
bool is_reserved(std::string_view name)
{
    static constexpr std::array names{
        std::string_view("_SCALAR"),
        std::string_view("_COMPOUND_DTYPE"),
        std::string_view("_REFERENCE"),
        std::string_view("_EXTERNAL_ARRAY_LINK"),
        std::string_view("_SOFT_LINK")};
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Texts that readers take for numbers.
bool is_number_name(std::string_view text)
{
    return text == "NaN" || text == "Infinity" || text == "-Infinity";
}

/// Why elements of the type have no form in an attribute; null when they have.
char const* obstacle(datatype const& type, bool is_list)
{
    switch (type.what) {
    case type_class::integer:
    case type_class::bitfield:
        return type.size > 8 ? "numbers of more than 8 bytes" : nullptr;
    case type_class::enumeration:
        return obstacle(*type.base, is_list);
    case type_class::floating:
        return type.size > 16 ? "numbers of more than 16 bytes" : nullptr;
    case type_class::string:
        return nullptr;
    case type_class::variable_length:
        return type.is_variable_string ? nullptr : "a list of variable-length sequences";
    case type_class::reference:
        if (type.reference == hdf5::reference_kind::attribute)
            return "a reference to an attribute";
        return is_list ? "a list of references" : nullptr;
    case type_class::compound:
        return zarr::as_complex(type) ? "complex numbers" : "a compound";
    case type_class::complex:
        return "complex numbers";
    case type_class::opaque:
        return "opaque bytes";
    case type_class::time:
        return "times";
    case type_class::array:
        break;
    }
    return "an unknown class";
}

/// A variable-length sequence in a scalar attribute is a list.
result<void>
append_scalar_sequence(std::string& out, node::attribute const& a, element_text const& text)
{
    auto const& base = *a.type->base;
    if (auto const* const why = obstacle(base, true))
        return no_form(why);
    return text.append(out, *a.type, a.value);
}

/// One element. Readers make numbers of some texts, and then find lists of mixed types.
result<void> append_plain(
    std::string& out,
    datatype const& type,
    std::span<std::byte const> value,
    element_text const& text
)
{
    if (type.what != type_class::variable_length && type.what != type_class::string)
        return text.append(out, type, value);
    if (out.size() > text.max())
        return error(errc::too_large, error::nowhere, "attribute", "longer than inline_bytes");
    auto const string = text.read_text(type, value);
    if (!string)
        return string.error();
    if (is_number_name(*string))
        return no_form("the text " + *string + ", which readers take for a number");
    zarr::append_string(out, *string);
    return {};
}

result<void> append_scalar(
    std::string& out,
    datatype const& type,
    std::span<std::byte const> value,
    element_text const& text
)
{
    auto const appended = append_plain(out, type, value, text);
    if (appended && out == "null")
        return no_form("a reference that leads nowhere");
    return appended;
}

}  // namespace

result<void>
append_attribute_value(std::string& out, node::attribute const& a, element_text const& text)
{
    if (a.space.what == hdf5::dataspace::kind::null)
        return no_form("no dataspace");
    auto shape = a.space.extents;
    auto const* type = a.type.get();
    for (; type->what == type_class::array; type = type->base.get())
        shape.insert(shape.end(), type->dimensions.begin(), type->dimensions.end());
    if (shape.empty() && type->what == type_class::variable_length && !type->is_variable_string)
        return append_scalar_sequence(out, a, text);
    if (auto const* const why = obstacle(*type, !shape.empty()))
        return no_form(why);
    auto const count = checked_product(shape);
    if (!count || *count > a.value.size() / type->size)
        return error(errc::truncated, error::nowhere, "attribute", "its value is too short");
    std::span<std::byte const> const value = a.value;
    if (shape.empty())
        return append_scalar(out, *type, value.first(type->size), text);
    return append_nested(out, shape, text.max(), [&](std::uint64_t i) {
        return append_plain(
            out, *type, value.subspan(static_cast<std::size_t>(i) * type->size, type->size), text
        );
    });
}

void append_key(std::string& out, std::string_view name)
{
    if (out.back() != '{')
        out += ',';
    zarr::append_string(out, name);
    out += ':';
}

namespace {

/// Why an attribute cannot be written whatever its value; empty when it can.
std::string_view refusal(node::attribute const& a, node::attribute const* before)
{
    if (is_reserved(a.name))
        return "LINDI uses the name itself";
    if (before != nullptr && before->name == a.name)
        return "a second one of this name";
    return is_utf8(a.name) ? "" : "its name is not UTF-8";
}

std::string reason(error const& e)
{
    bool const no_words = e.code() != make_error_code(errc::unsupported) || e.detail().empty();
    return no_words ? e.message() : std::string(e.detail());
}

}  // namespace

std::uint64_t append_attributes(
    std::string& out,
    std::vector<node::attribute> const& attributes,
    element_text const& text,
    std::string_view path,
    problem_list& problems
)
{
    std::vector<node::attribute const*> sorted;
    sorted.reserve(attributes.size());
    for (auto const& a : attributes)
        sorted.push_back(&a);
    std::stable_sort(sorted.begin(), sorted.end(), [](auto const* a, auto const* b) {
        return a->name < b->name;
    });
    std::uint64_t wasted = 0;
    std::string value;
    node::attribute const* before = nullptr;
    for (auto const* const a : sorted) {
        auto const note = [&](std::string_view what) {
            problems.add(
                path, "attribute " + printable_name(a->name) + " left out: " + std::string(what)
            );
        };
        auto const why = refusal(*a, std::exchange(before, a));
        if (!why.empty()) {
            note(why);
            continue;
        }
        value.clear();
        if (auto const appended = append_attribute_value(value, *a, text); !appended) {
            note(reason(appended.error()));
            wasted += value.size();
            continue;
        }
        if (out.size() + value.size() > text.max()) {
            note("all attributes of the object together are over inline_bytes");
            wasted += value.size();
            continue;
        }
        append_key(out, a->name);
        out += value;
    }
    text.take_lost_references();
    return wasted;
}

}  // namespace lindi::rfs
