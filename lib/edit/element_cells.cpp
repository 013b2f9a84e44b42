#include "element_cells.hpp"

#include <lindi/api/element_json.hpp>
#include <lindi/core/utf8.hpp>
#include <lindi/zarr/json_number.hpp>
#include <lindi/zarr/json_text.hpp>

#include <algorithm>

namespace lindi::edit {
namespace {

constexpr char const* structure = "value";

using item_form = zarr::stored_type::form;

error refuse(std::string why)
{
    return {errc::bad_value, error::nowhere, structure, std::move(why)};
}

cells empty_items(array_info const& of, std::size_t count)
{
    cells out;
    out.item_size = static_cast<std::size_t>(of.item_size());
    out.items.resize(count * out.item_size);
    return out;
}

bool put_text(array_info const& of, std::span<std::byte> item, std::string_view text)
{
    if (of.form.type.how == item_form::unicode)
        return put_utf32(item, text, of.form.type.big_endian);
    if (text.size() > item.size())
        return false;
    std::ranges::copy(as_bytes(text), item.begin());
    return true;
}

/// One element of a type that has a fixed size.
void take_item(json_reader& r, array_info const& of, std::span<std::byte> item)
{
    using enum element_type::kind;
    auto const what = of.type.what();
    if (what == text || what == fixed_text) {
        if (r.kind() != json_kind::text)
            return r.fail(errc::bad_value, "no text where one must be");
        if (!put_text(of, item, r.take_text()))
            r.fail(errc::bad_value, "a text that is too long for the type");
    } else if (what == number) {
        if (r.kind() == json_kind::boolean)
            return r.fail(errc::bad_value, "no number where one must be");
        zarr::take_number_element(r, *of.form.type.element, item);
    } else if (what == boolean) {
        if (r.kind() != json_kind::boolean)
            return r.fail(errc::bad_value, "neither true nor false");
        item[0] = static_cast<std::byte>(r.take_boolean() ? 1 : 0);
    } else {
        r.fail(errc::unsupported, "elements of this type as JSON");
    }
}

/// What graphs are needed for does not occur in elements of a fixed size.
elements_view view_of(array_info const& of, std::span<std::byte const> item)
{
    static node::graph const no_graph;
    static std::vector<std::string> const no_paths;
    return {*of.form.type.element, item, no_graph, no_paths};
}

}  // namespace

result<cells> cells_of_texts(array_info const& of, std::vector<std::string> const& texts)
{
    auto const what = of.type.what();
    if (what != element_type::kind::text && what != element_type::kind::fixed_text)
        return refuse("texts for elements that are none");
    bool const objects = of.form.type.how == item_form::objects;
    auto out = objects ? cells() : empty_items(of, texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto const& text = texts[i];
        if (text.find('\0') != text.npos)
            return refuse("text " + std::to_string(i) + " has a NUL inside");
        if (objects)
            zarr::append_string(out.values.emplace_back(), text);
        else if (!put_text(
                     of, std::span(out.items).subspan(i * out.item_size, out.item_size), text
                 ))
            return refuse("text " + std::to_string(i) + " is too long for the type");
    }
    return out;
}

result<cells> cells_of_json(
    array_info const& of,
    std::vector<std::string> const& elements,
    reference_maker const& references
)
{
    bool const objects = of.form.type.how == item_form::objects;
    auto out = objects ? cells() : empty_items(of, elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {
        json_reader r(elements[i], structure);
        if (objects)
            take_object_value(out.values.emplace_back(), r, of.type, references);
        else
            take_item(r, of, std::span(out.items).subspan(i * out.item_size, out.item_size));
        r.expect_end();
        if (!r.ok())
            return r.failure().within("element " + std::to_string(i));
    }
    return out;
}

result<std::vector<std::string>> json_of_cells(array_info const& of, cells const& values)
{
    if (values.item_size == 0)
        return values.values;
    std::vector<std::string> out(values.count());
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto const item = std::span(values.items).subspan(i * values.item_size, values.item_size);
        if (of.form.type.how == item_form::unicode) {
            auto const text = utf8_of_utf32(item, of.form.type.big_endian);
            if (!text)
                return text.error();
            zarr::append_string(out[i], *text);
            continue;
        }
        if (auto const done = append_json(out[i], view_of(of, item)); !done)
            return done.error();
    }
    return out;
}

std::vector<std::uint64_t> text_widths(element_type const& type, cells const& rows)
{
    std::vector<std::uint64_t> out(type.fields().size());
    for (auto const& row : rows.values) {
        json_reader r(row, structure);
        std::size_t field = 0;
        for (r.begin_list(); r.next() && field < out.size(); ++field) {
            bool const text = type.fields()[field].type.what() == element_type::kind::text;
            if (text && r.kind() == json_kind::text)
                out[field] = std::max<std::uint64_t>(out[field], count_code_points(r.take_text()));
            else
                r.take_raw();
        }
    }
    return out;
}

}  // namespace lindi::edit
