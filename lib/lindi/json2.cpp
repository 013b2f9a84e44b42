#include <lindi/core/utf8.hpp>
#include <lindi/lindi/compound.hpp>
#include <lindi/lindi/json2.hpp>
#include <lindi/zarr/json_text.hpp>

#include <algorithm>

namespace lindi::rfs {

namespace {

/// Appends rows and remembers how wide their strings are.
class row_writer {
public:
    row_writer(std::vector<row_field> fields, element_text const& text)
        : fields_(std::move(fields)), text_(text), widths_(fields_.size())
    {}

    result<void> append(std::string& out, std::span<std::byte const> element)
    {
        out += '[';
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (i != 0)
                out += ',';
            auto const appended = append_field(out, i, element);
            if (!appended)
                return appended.error().within(fields_[i].name);
        }
        out += ']';
        return {};
    }

    std::string dtype_text() const { return compound_dtype_text(fields_, widths_); }

private:
    result<void> append_field(std::string& out, std::size_t i, std::span<std::byte const> element)
    {
        auto const& field = fields_[i];
        auto const value =
            element.subspan(static_cast<std::size_t>(field.offset), field.type->size);
        if (!field.dtype.empty())
            return text_.append(out, *field.type, value);
        auto const string = text_.read_text(*field.type, value);
        if (!string)
            return string.error();
        widths_[i] = std::max<std::uint64_t>(widths_[i], count_code_points(*string));
        zarr::append_string(out, *string);
        return {};
    }

    std::vector<row_field> fields_;
    element_text const& text_;
    std::vector<std::uint64_t> widths_;
};

void append_ending(std::string& out, std::span<std::uint64_t const> shape)
{
    out.pop_back();
    out += ",\"|O\",";
    zarr::append_list(out, shape);
    out += ']';
}

}  // namespace

result<json2_payload> json2_of(
    zarr::item_type const& item,
    std::span<std::byte const> elements,
    std::span<std::uint64_t const> shape,
    element_text const& text
)
{
    json2_payload out;
    auto const& type = *item.element;
    auto const element = [&](std::uint64_t i) {
        return elements.subspan(static_cast<std::size_t>(i) * type.size, type.size);
    };
    result<void> appended;
    if (type.what == hdf5::type_class::compound) {
        auto fields = row_fields(type);
        if (!fields)
            return fields.error();
        row_writer rows(std::move(*fields), text);
        appended = append_nested(out.text, shape, text.max(), [&](std::uint64_t i) {
            return rows.append(out.text, element(i));
        });
        out.compound_dtype = rows.dtype_text();
    } else {
        appended = append_nested(out.text, shape, text.max(), [&](std::uint64_t i) {
            return text.append(out.text, type, element(i));
        });
    }
    if (!appended)
        return appended.error();
    append_ending(out.text, shape);
    return out;
}

}  // namespace lindi::rfs
