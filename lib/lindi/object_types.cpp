#include "object_types.hpp"

#include <lindi/lindi/json_elements.hpp>
#include <lindi/lindi/object_payload.hpp>
#include <lindi/zarr/stored_type.hpp>

namespace lindi::rfs {
namespace {

constexpr std::size_t most_fields = 4096;

/// A field of rows; no type: what its values say.
struct row_column {
    std::string name;
    hdf5::datatype_ptr type;
};

void take_column(json_reader& r, std::vector<row_column>& out)
{
    row_column column;
    r.begin_list();
    if (r.next())
        column.name = r.take_text();
    if (r.next() && r.kind() == json_kind::text) {
        auto const dtype = r.take_text();
        if (dtype != "<REFERENCE>") {
            auto const type = zarr::type_of_dtype(dtype);
            bool const plain =
                type && (!type->element || (type->element->what != hdf5::type_class::opaque &&
                                            type->element->what != hdf5::type_class::compound));
            if (plain)
                column.type = type->element;  // none for objects
            else
                r.fail(errc::unsupported, "a field of type " + dtype.substr(0, 80));
        }
    } else {
        r.fail(errc::unsupported, "a field without a plain type");
    }
    if (r.next())
        r.fail(errc::unsupported, "a field with a shape");
    out.push_back(std::move(column));
    if (out.size() > most_fields)
        r.fail(errc::too_large, "fields of a compound");
}

result<std::vector<row_column>> read_columns(std::string const& compound)
{
    json_reader r(compound, "_COMPOUND_DTYPE");
    std::vector<row_column> out;
    for (r.begin_list(); r.next();)
        take_column(r, out);
    r.expect_end();
    if (r.ok() && out.empty())
        r.fail(errc::bad_value, "a compound without fields");
    return r.finish(std::move(out));
}

/// Python lindi says of everything of variable length, too, that it is a reference.
void look_at_row(
    json_reader& r, std::vector<row_column> const& columns, std::vector<json_kinds>& kinds
)
{
    std::size_t field = 0;
    for (r.begin_list(); r.next(); ++field) {
        if (field < columns.size() && !columns[field].type)
            kinds[field].look(r);
        else
            r.take_raw();
    }
}

result<hdf5::datatype_ptr>
row_type(zarr::array_form const& form, std::string const& compound, block_view payload)
{
    auto columns = read_columns(compound);
    if (!columns)
        return columns.error();
    std::vector<json_kinds> kinds(columns->size());
    if (payload.size() != 0) {
        auto const read = read_json2(payload, form.chunks, [&](json_reader& r) {
            look_at_row(r, *columns, kinds);
        });
        if (!read)
            return read.error();
    }
    std::vector<std::string> names;
    std::vector<hdf5::datatype_ptr> types;
    for (std::size_t i = 0; i < columns->size(); ++i) {
        auto& column = (*columns)[i];
        if (!column.type) {
            auto const type = kinds[i].type();
            if (!type)
                return type.error().within(column.name);
            column.type = kinds[i].saw_values() ? *type : zarr::object_reference_type();
        }
        names.push_back(std::move(column.name));
        types.push_back(std::move(column.type));
    }
    return zarr::compound_type(std::move(names), std::move(types));
}

}  // namespace

result<hdf5::datatype_ptr>
object_type(zarr::array_form const& form, std::string const& compound, block_view payload)
{
    auto const& codec = form.filters.front().id;
    if (codec == "vlen-bytes")
        return zarr::sequence_type(zarr::integer_type(1, false));
    if (codec == "vlen-utf8")
        return zarr::text_type();
    if (!compound.empty())
        return row_type(form, compound, payload);
    if (payload.size() == 0)
        return zarr::text_type();
    json_kinds kinds;
    auto const read = read_json2(payload, form.chunks, [&kinds](json_reader& r) { kinds.look(r); });
    return read ? kinds.type() : read.error();
}

}  // namespace lindi::rfs
