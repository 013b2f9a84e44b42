#include "dataset_parts.hpp"
#include "element_cells.hpp"
#include "new_dataset.hpp"

#include <lindi/core/utf8.hpp>
#include <lindi/zarr/json_text.hpp>

namespace lindi::edit {
namespace {

using item_form = zarr::stored_type::form;

/// A dataset that is looked at, and the part that is meant.
struct opened_part {
    std::string path;
    array_ptr array;
    hyperslab part;
};

result<opened_part> open_part(file_state& file, std::string const& path, hyperslab const& part)
{
    opened_part out;
    auto const at = file.find("", path, node_kind::dataset);
    if (!at)
        return at.error();
    out.path = *at;
    auto array = file.array(*at);
    if (!array)
        return array.error();
    out.array = std::move(*array);
    auto slices = part_of(*out.array, part);
    if (!slices)
        return slices.error().within(absolute(*at));
    out.part = std::move(*slices);
    return out;
}

result<array_ptr> opened_array(file_state& file, std::string const& path)
{
    auto const at = file.find("", path, node_kind::dataset);
    return at ? file.array(*at) : at.error();
}

error within(error const& why, std::string const& path)
{
    return why.within(absolute(path));
}

/// A scalar text has the width of its value.
result<void> fit_scalar_text(file_state& file, opened_part& to, std::string const& text)
{
    auto const width = std::max<std::size_t>(1, count_code_points(text));
    auto info = *to.array;
    if (info.form.type.item_size == 4 * width)
        return {};
    auto dtype = scalar_text_dtype(width);
    auto type = zarr::type_of_dtype(dtype);
    if (!type)
        return type.error();
    info.form.type = std::move(*type);
    info.metadata.set("dtype", '"' + dtype + '"');
    auto const put = file.put_array(to.path, std::move(info));
    if (!put)
        return put;
    auto changed = file.array(to.path);
    if (changed)
        to.array = std::move(*changed);
    return changed ? result<void>() : changed.error();
}

/// `_COMPOUND_DTYPE` has to have room for the longest text of each field.
result<void> fit_row_texts(file_state& file, opened_part const& to, cells const& rows)
{
    auto info = *to.array;
    auto const needed = text_widths(info.type, rows);
    bool wider = false;
    for (std::size_t i = 0; i < needed.size(); ++i) {
        wider = wider || needed[i] > info.widths[i];
        info.widths[i] = std::max(needed[i], info.widths[i]);
    }
    if (!wider)
        return {};
    auto attributes = file.attributes(to.path);
    if (!attributes)
        return attributes.error();
    attributes->set("_COMPOUND_DTYPE", compound_dtype_text(info.type, info.widths));
    auto const put = file.put_attributes(to.path, *attributes);
    return put ? file.put_array(to.path, std::move(info)) : put;
}

result<void> write(file_state& file, opened_part& to, result<cells> const& values)
{
    if (!values)
        return within(values.error(), to.path);
    if (to.array->type.what() == element_type::kind::compound)
        if (auto const fitted = fit_row_texts(file, to, *values); !fitted)
            return fitted;
    return write_part(file, to.path, to.array, to.part, *values);
}

element_type type_of_json(std::string const& value)
{
    json_reader r(value, "value");
    switch (r.kind()) {
    case json_kind::object:
    case json_kind::null:
        return element_type::reference();
    case json_kind::list:
        return element_type::sequence();
    default:
        return element_type::text();
    }
}

/// Of an object array that has no elements yet, the first ones written tell the type.
result<void> learn_type(file_state& file, opened_part& to, element_type const& type)
{
    if (to.array->type_is_known)
        return {};
    file.set_type(to.path, type);
    auto known = file.array(to.path);
    if (known)
        to.array = std::move(*known);
    return known ? result<void>() : known.error();
}

}  // namespace

result<std::vector<std::uint64_t>> dataset::shape() const
{
    auto const array = opened_array(*file_, path_);
    return array ? result<std::vector<std::uint64_t>>((*array)->shape()) : array.error();
}

result<std::vector<std::uint64_t>> dataset::chunks() const
{
    auto const array = opened_array(*file_, path_);
    if (!array)
        return array.error();
    return (*array)->is_scalar ? std::vector<std::uint64_t>() : (*array)->form.chunks;
}

result<element_type> dataset::type() const
{
    auto const array = opened_array(*file_, path_);
    return array ? result<element_type>((*array)->type) : array.error();
}

result<void> dataset::write(native_numbers const& values, hyperslab const& part)
{
    auto to = open_part(*file_, path_, part);
    if (!to)
        return to.error();
    auto const what = to->array->type.what();
    if (what != element_type::kind::number && what != element_type::kind::boolean)
        return error(errc::bad_value, error::nowhere, "dataset", "its elements are no numbers")
            .within(absolute(to->path));
    auto items = items_of_numbers(values, *to->array->form.type.element);
    if (!items)
        return within(items.error(), to->path);
    cells made;
    made.item_size = static_cast<std::size_t>(to->array->item_size());
    made.items = std::move(*items);
    return edit::write(*file_, *to, made);
}

result<void> dataset::write(std::vector<bool> const& values, hyperslab const& part)
{
    std::vector<std::uint8_t> const numbers(values.begin(), values.end());
    return write<std::uint8_t>(numbers, part);
}

result<void> dataset::write(std::vector<std::string> const& texts, hyperslab const& part)
{
    auto to = open_part(*file_, path_, part);
    if (!to)
        return to.error();
    if (auto const learnt = learn_type(*file_, *to, element_type::text()); !learnt)
        return learnt;
    bool const unicode = to->array->form.type.how == item_form::unicode;
    if (unicode && to->array->is_scalar && texts.size() == 1)
        if (auto const fitted = fit_scalar_text(*file_, *to, texts.front()); !fitted)
            return fitted;
    return edit::write(*file_, *to, cells_of_texts(*to->array, texts));
}

result<void> dataset::write(std::vector<object_path> const& targets, hyperslab const& part)
{
    std::vector<std::string> elements;
    for (auto const& target : targets)
        elements.push_back(target.path.empty() ? "null" : attribute_value(target).text());
    return write_json(elements, part);
}

result<void> dataset::write_json(std::vector<std::string> const& elements, hyperslab const& part)
{
    auto to = open_part(*file_, path_, part);
    if (!to)
        return to.error();
    bool const unicode = to->array->form.type.how == item_form::unicode;
    if (unicode && to->array->is_scalar && elements.size() == 1) {
        json_reader r(elements.front(), "value");
        if (r.kind() == json_kind::text)
            return write(std::vector<std::string>{r.take_text()}, part);
    }
    if (!elements.empty())
        if (auto const learnt = learn_type(*file_, *to, type_of_json(elements.front())); !learnt)
            return learnt;
    auto const reference = [&](std::string const& path) {
        auto const joined = join_path(parent_of(to->path), path);
        return joined ? file_->reference_to(*joined) : joined;
    };
    return edit::write(*file_, *to, cells_of_json(*to->array, elements, reference));
}

result<void> dataset::write_items(std::span<std::byte const> items, hyperslab const& part)
{
    auto to = open_part(*file_, path_, part);
    if (!to)
        return to.error();
    cells made;
    made.item_size = static_cast<std::size_t>(to->array->item_size());
    if (made.item_size == 0 || items.size() % made.item_size != 0)
        return error(errc::bad_value, error::nowhere, "dataset", "bytes are no whole items")
            .within(absolute(to->path));
    made.items.assign(items.begin(), items.end());
    return write_part(*file_, to->path, to->array, to->part, made);
}

result<void> dataset::resize(std::vector<std::uint64_t> const& shape)
{
    auto const at = file_->find("", path_, node_kind::dataset);
    return at ? resize_array(*file_, *at, shape) : at.error();
}

result<void> dataset::append(native_numbers const& values)
{
    auto const array = opened_array(*file_, path_);
    if (!array)
        return array.error();
    auto shape = (*array)->shape();
    std::uint64_t row = 1;
    for (std::size_t i = 1; i < shape.size(); ++i)
        row *= shape[i];
    if (shape.empty() || row == 0 || values.count() % row != 0)
        return error(errc::bad_value, error::nowhere, "dataset", "whole rows are needed")
            .within(path());
    auto const before = shape;
    auto part = array::whole(shape);
    part[0] = {shape[0], values.count() / row, 1};
    shape[0] += part[0].count;
    if (auto const resized = resize(shape); !resized)
        return resized;
    auto const written = write(values, part);
    // A value that does not fit leaves no rows behind.
    if (!written)
        if (auto const back = resize(before); !back)
            return back;
    return written;
}

result<std::vector<std::string>> dataset::read_json(hyperslab const& part) const
{
    auto const from = open_part(*file_, path_, part);
    if (!from)
        return from.error();
    auto const values = read_part(*file_, from->path, from->array, from->part);
    return values ? json_of_cells(*from->array, *values) : values.error();
}

result<lindi::bytes> dataset::read_items(hyperslab const& part) const
{
    auto const from = open_part(*file_, path_, part);
    if (!from)
        return from.error();
    if (from->array->item_size() == 0)
        return error(errc::unsupported, error::nowhere, "dataset", "elements of no fixed size")
            .within(absolute(from->path));
    auto values = read_part(*file_, from->path, from->array, from->part);
    return values ? result<lindi::bytes>(std::move(values->items)) : values.error();
}

}  // namespace lindi::edit
