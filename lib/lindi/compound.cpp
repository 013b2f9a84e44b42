#include <lindi/lindi/compound.hpp>
#include <lindi/zarr/dtype.hpp>
#include <lindi/zarr/json_text.hpp>

#include <algorithm>

namespace lindi::rfs {

namespace {

using hdf5::datatype;
using hdf5::datatype_ptr;
using hdf5::type_class;

error no_form(std::string const& name, std::string why)
{
    return {errc::unsupported, error::nowhere, "compound", "field " + name + ": " + std::move(why)};
}

/// numpy's name for a dtype in native order, "int32"; others stay as they are, ">i4".
std::string numpy_name(std::string const& dtype)
{
    if (dtype[0] == '>')
        return dtype;
    auto const bits = std::to_string(8 * std::stoul(dtype.substr(2)));
    switch (dtype[1]) {
    case 'i':
        return "int" + bits;
    case 'u':
        return "uint" + bits;
    default:
        return "float" + bits;
    }
}

result<std::string> field_dtype(std::string const& name, datatype_ptr const& type)
{
    if (type->what == type_class::variable_length)
        return type->is_variable_string ? result<std::string>("") : result<std::string>("object");
    if (type->what == type_class::reference)
        return std::string("<REFERENCE>");
    auto const item = zarr::item_type_of(type);
    if (!item)
        return no_form(name, std::string(item.error().detail()));
    switch (item->kind) {
    case zarr::item_kind::integer:
    case zarr::item_kind::floating:
        return numpy_name(item->dtype);
    case zarr::item_kind::boolean:
        return std::string("bool");
    case zarr::item_kind::fixed_string:
        return item->dtype;
    default:
        return no_form(name, "no JSON form");
    }
}

class flattener {
public:
    result<std::vector<row_field>> flatten(datatype const& type) &&
    {
        auto const done = members(type, {}, 0, type.size);
        if (!done)
            return done.error();
        return std::move(fields_);
    }

private:
    result<void>
    add(std::string name, datatype_ptr const& type, std::uint64_t offset, std::uint64_t end)
    {
        if (++steps_ > 16 * max_row_fields)  // empty compounds in arrays add no fields
            return error(errc::too_large, error::nowhere, "compound", "more than 4096 fields");
        if (type->size > end || offset > end - type->size)
            return error(
                errc::bad_value, error::nowhere, "compound", "a field outside its element"
            );
        if (type->what == type_class::compound)
            return members(*type, name + ".", offset, offset + type->size);
        if (type->what == type_class::array)
            return elements(*type, name, offset, 0);
        if (type->what == type_class::complex)
            return parts(*type, name, offset);
        if (fields_.size() >= max_row_fields)
            return error(errc::too_large, error::nowhere, "compound", "more than 4096 fields");
        auto dtype = field_dtype(name, type);
        if (!dtype)
            return dtype.error();
        fields_.push_back({std::move(name), offset, type, std::move(*dtype)});
        return {};
    }

    result<void> members(
        datatype const& type, std::string const& prefix, std::uint64_t offset, std::uint64_t end
    )
    {
        for (auto const& member : type.members) {
            if (member.offset > type.size)
                return error(
                    errc::bad_value, error::nowhere, "compound", "a field outside its element"
                );
            auto const added = add(prefix + member.name, member.type, offset + member.offset, end);
            if (!added)
                return added;
        }
        return {};
    }

    result<void> elements(
        datatype const& type, std::string const& name, std::uint64_t offset, std::size_t dimension
    )
    {
        if (dimension == type.dimensions.size())
            return add(name, type.base, offset, offset + type.base->size);
        std::uint64_t step = type.base->size;
        for (auto i = dimension + 1; i < type.dimensions.size(); ++i)
            step *= type.dimensions[i];
        for (std::uint32_t i = 0; i < type.dimensions[dimension]; ++i) {
            auto const added =
                elements(type, name + "_" + std::to_string(i), offset + i * step, dimension + 1);
            if (!added)
                return added;
        }
        return {};
    }

    result<void> parts(datatype const& type, std::string const& name, std::uint64_t offset)
    {
        auto const end = offset + type.size;
        auto const real = add(name + ".r", type.base, offset, end);
        return real ? add(name + ".i", type.base, offset + type.base->size, end) : real;
    }

    std::vector<row_field> fields_;
    std::size_t steps_ = 0;
};

}  // namespace

result<std::vector<row_field>> row_fields(datatype const& type)
{
    return flattener().flatten(type);
}

std::string
compound_dtype_text(std::vector<row_field> const& fields, std::vector<std::uint64_t> const& widths)
{
    std::string out = "[";
    for (std::size_t i = 0; i < fields.size(); ++i) {
        out += i == 0 ? "[" : ",[";
        zarr::append_string(out, fields[i].name);
        out += ',';
        auto const width = std::max<std::uint64_t>(widths[i], 1);
        zarr::append_string(
            out, fields[i].dtype.empty() ? "<U" + std::to_string(width) : fields[i].dtype
        );
        out += ']';
    }
    return out + "]";
}

}  // namespace lindi::rfs
