#include "array_info.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/zarr/json_text.hpp>

#include <charconv>

namespace lindi::edit {
namespace {

using item_form = zarr::stored_type::form;

/// A field's type as numpy names it.
std::string field_dtype(element_type const& type, std::uint64_t width)
{
    using enum element_type::kind;
    if (type.what() == reference)
        return "<REFERENCE>";
    if (type.what() == text)
        return "<U" + std::to_string(std::max<std::uint64_t>(width, 1));
    if (type.what() == boolean)
        return "bool";
    auto const& dtype = type.dtype();
    if (type.what() != number || dtype[0] == '>')
        return dtype;
    auto const bits = 8 * (dtype[2] - '0');
    char const* const name = dtype[1] == 'f' ? "float" : dtype[1] == 'i' ? "int" : "uint";
    return name + std::to_string(bits);
}

/// "<U7": 7. \return 0 for other types
std::uint64_t width_of_text(std::string const& dtype)
{
    bool const ordered = dtype.starts_with('<') || dtype.starts_with('>');
    std::uint64_t width = 0;
    if (dtype.size() > 2 && ordered && dtype[1] == 'U')
        std::from_chars(dtype.data() + 2, dtype.data() + dtype.size(), width);
    return width;
}

}  // namespace

std::uint64_t array_info::chunk_items() const noexcept
{
    return checked_product(form.chunks).value_or(0);
}

element_type array_types::of(zarr::array_form const& form)
{
    if (form.type.how != item_form::same)
        return element_type::text();
    auto const& type = *form.type.element;
    if (type.what == hdf5::type_class::enumeration)
        return element_type::boolean();
    if (type.what == hdf5::type_class::string)
        return {element_type::kind::fixed_text, "|S" + std::to_string(type.size)};
    if (!form.type.is_number || type.size > 8)
        return {element_type::kind::other, ""};
    bool const real = type.what == hdf5::type_class::floating;
    auto out = element_type::plain_number(real ? 'f' : type.is_signed ? 'i' : 'u', type.size);
    if (form.type.big_endian && type.size > 1)
        out.dtype_[0] = '>';
    return out;
}

result<element_type>
array_types::of_rows(std::string const& compound, std::vector<std::uint64_t>& widths)
{
    std::vector<element_type::field> fields;
    json_reader r(compound, "_COMPOUND_DTYPE");
    for (r.begin_list(); r.next();) {
        std::string name, dtype;
        r.begin_list();
        if (r.next())
            name = r.take_text();
        if (r.next())
            dtype = r.take_text();
        if (r.next())
            r.fail(errc::unsupported, "a field with a shape");
        widths.push_back(width_of_text(dtype));
        auto type = widths.back() != 0       ? element_type::text()
                    : dtype == "<REFERENCE>" ? element_type::reference()
                                             : element_type::parse(dtype);
        if (!type)
            type = element_type(element_type::kind::other, dtype);
        fields.push_back({std::move(name), std::move(*type)});
    }
    r.expect_end();
    element_type out(element_type::kind::compound, "|O");
    out.fields_ = std::make_shared<std::vector<element_type::field> const>(std::move(fields));
    return r.finish(std::move(out));
}

result<array_info> describe_array(std::string_view metadata, rfs::object_notes const& notes)
{
    array_info out;
    auto form = zarr::parse_array_form(metadata);
    if (!form)
        return form.error();
    auto object = json_object::parse(metadata, ".zarray");
    if (!object)
        return object.error();
    out.type = array_types::of(*form);
    if (form->type.how == item_form::objects && !notes.compound_dtype.empty()) {
        auto type = array_types::of_rows(notes.compound_dtype, out.widths);
        if (!type)
            return type.error();
        out.type = std::move(*type);
    }
    out.form = std::move(*form);
    out.metadata = std::move(*object);
    for (std::size_t i = 0; i < out.form.shape.size(); ++i)
        out.grid.push_back(divide_up(out.form.shape[i], out.form.chunks[i]));
    bool const one = out.form.shape.size() == 1 && out.form.shape[0] == 1;
    out.is_scalar = out.form.shape.empty() || (notes.is_scalar && one);
    out.is_linked = notes.external.has_value();
    out.type_is_known = out.form.type.how != item_form::objects || !notes.compound_dtype.empty();
    return out;
}

std::string compound_dtype_text(element_type const& type, std::vector<std::uint64_t> const& widths)
{
    std::string out = "[";
    for (std::size_t i = 0; i < type.fields().size(); ++i) {
        auto const& field = type.fields()[i];
        out += i == 0 ? "[" : ",[";
        zarr::append_string(out, field.name);
        out += ',';
        zarr::append_string(out, field_dtype(field.type, widths[i]));
        out += ']';
    }
    return out += ']';
}

std::string chunk_name(std::vector<std::uint64_t> const& index, char separator)
{
    std::string out;
    for (auto const i : index) {
        if (!out.empty())
            out += separator;
        out += std::to_string(i);
    }
    return out.empty() ? "0" : out;
}

}  // namespace lindi::edit
