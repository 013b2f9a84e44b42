#include <lindi/core/checked.hpp>
#include <lindi/lindi/read_attributes.hpp>
#include <lindi/zarr/json_number.hpp>
#include <lindi/zarr/stored_type.hpp>

#include <algorithm>

namespace lindi::rfs {
namespace {

constexpr char const* structure = "attribute";

error refuse(errc code, char const* why)
{
    return error(code, error::nowhere, structure, why);
}

std::string take_path(json_reader& r)
{
    std::string out;
    std::string_view key;
    bool found = false;
    for (r.begin_object(); r.next_member(key);) {
        if (key == "path" && r.kind() == json_kind::text) {
            out = r.take_text();
            found = true;
        } else {
            r.take_raw();
        }
    }
    if (!found)
        r.fail(errc::bad_value, "_SOFT_LINK without a path");
    return out;
}

/// Links of other types are none of ours: then the chunks are used.
std::optional<object_notes::array_link> take_array_link(json_reader& r)
{
    object_notes::array_link out;
    std::string type;
    std::string_view key;
    bool has_url = false, has_name = false;
    if (r.kind() != json_kind::object) {
        r.take_raw();
        return std::nullopt;
    }
    for (r.begin_object(); r.next_member(key);) {
        bool const text = r.kind() == json_kind::text;
        if (text && key == "link_type") {
            type = r.take_text();
        } else if (text && key == "url") {
            out.url = r.take_text();
            has_url = true;
        } else if (text && key == "name") {
            out.name = r.take_text();
            has_name = true;
        } else {
            r.take_raw();
        }
    }
    if (type != "hdf5_dataset" || !has_url || !has_name)
        return std::nullopt;
    return out;
}

/// What a list of lists has in common.
class list_scan {
public:
    void look(json_reader& r, std::size_t depth = 0)
    {
        if (r.kind() != json_kind::list)
            return look_at_item(r, depth);
        if (depth == hdf5::max_rank)
            return r.fail(errc::unsupported, "more than 32 dimensions");
        std::uint64_t count = 0;
        for (r.begin_list(); r.next(); ++count)
            look(r, depth + 1);
        if (shape.size() <= depth)
            shape.resize(depth + 1, unknown);
        if (shape[depth] == unknown)
            shape[depth] = count;
        else if (shape[depth] != count)
            r.fail(errc::unsupported, "lists of different lengths");
    }

    result<hdf5::datatype_ptr> type() const
    {
        auto const numbers = whole_ || large_ || real_ || booleans_;
        int const kinds = int{texts_} + int{references_} + int{numbers || non_finite_};
        if (kinds > 1 && !(texts_ && non_finite_ && !numbers && !references_))
            return refuse(errc::unsupported, "a list of values of different kinds");
        if (texts_ || kinds == 0)
            return zarr::text_type();
        if (references_)
            return zarr::object_reference_type();
        if (real_ || non_finite_)
            return zarr::float_type(8);
        if (large_ && negative_)
            return refuse(errc::unsupported, "integers that no type of 64 bits holds");
        return zarr::integer_type(8, !large_);
    }

    std::vector<std::uint64_t> shape;

private:
    static constexpr auto unknown = ~std::uint64_t{0};

    void look_at_number(json_reader& r)
    {
        auto const number = r.take_number();
        if (auto const* const n = std::get_if<std::int64_t>(&number)) {
            whole_ = true;
            negative_ = negative_ || *n < 0;
        } else {
            (std::holds_alternative<std::uint64_t>(number) ? large_ : real_) = true;
        }
    }

    void look_at_item(json_reader& r, std::size_t depth)
    {
        if (rank_ == unknown)
            rank_ = depth;
        if (rank_ != depth)
            return r.fail(errc::unsupported, "lists of different depths");
        switch (r.kind()) {
        case json_kind::text:
            (zarr::is_non_finite(r.take_raw_text()) ? non_finite_ : texts_) = true;
            break;
        case json_kind::number:
            look_at_number(r);
            break;
        case json_kind::boolean:
            booleans_ = true;
            r.take_boolean();
            break;
        case json_kind::object:
            references_ = true;
            r.take_raw();
            break;
        default:
            r.fail(errc::unsupported, "null in a list");
        }
    }

    std::uint64_t rank_ = unknown;
    bool texts_ = false, references_ = false, non_finite_ = false, booleans_ = false;
    bool whole_ = false, negative_ = false, large_ = false, real_ = false;
};

/// Items of all lists into elements, one behind the other.
class list_reader {
public:
    list_reader(hdf5::datatype const& type, std::span<std::byte> out, element_parts const& to)
        : type_(type), out_(out), to_(to)
    {}

    void take(json_reader& r)
    {
        if (r.kind() == json_kind::list) {
            for (r.begin_list(); r.next();)
                take(r);
        } else if (out_.size() < type_.size) {
            r.fail(errc::bad_value, "lists of different depths");
        } else {
            take_element(r, type_, out_.first(type_.size), to_);
            out_ = out_.subspan(type_.size);
        }
    }

private:
    hdf5::datatype const& type_;
    std::span<std::byte> out_;
    element_parts const& to_;
};

result<node::attribute>
read_list(std::string_view value, element_parts const& to, std::uint64_t most)
{
    json_reader first(value, structure);
    list_scan scan;
    scan.look(first);
    if (!first.ok())
        return first.failure();
    auto const type = scan.type();
    if (!type)
        return type.error();
    auto const count = checked_product(scan.shape);
    auto const size = count ? checked_multiply(*count, (*type)->size) : std::nullopt;
    if (!size || *size > most)
        return refuse(errc::too_large, "limit on attribute bytes");
    node::attribute out;
    out.type = *type;
    out.space.what = hdf5::dataspace::kind::simple;
    out.space.extents = scan.shape;
    out.space.max_extents = scan.shape;
    out.value.resize(*size);
    json_reader second(value, structure);
    list_reader(**type, out.value, to).take(second);
    return second.finish(std::move(out));
}

result<node::attribute>
read_scalar(json_reader& r, hdf5::datatype_ptr type, element_parts const& to)
{
    node::attribute out;
    out.value.resize(type->size);
    take_element(r, *type, out.value, to);
    out.type = std::move(type);
    r.expect_end();
    return r.finish(std::move(out));
}

hdf5::datatype_ptr type_of_number(std::string_view value)
{
    json_reader r(value, structure);
    auto const number = r.take_number();
    if (std::holds_alternative<double>(number))
        return zarr::float_type(8);
    return zarr::integer_type(8, std::holds_alternative<std::int64_t>(number));
}

}  // namespace

bool is_note(std::string_view name) noexcept
{
    static constexpr std::string_view notes[] = {
        "_SCALAR", "_COMPOUND_DTYPE", "_REFERENCE", "_EXTERNAL_ARRAY_LINK", "_SOFT_LINK"};
    return std::find(std::begin(notes), std::end(notes), name) != std::end(notes);
}

result<object_notes> read_notes(std::string_view text)
{
    json_reader r(text, ".zattrs");
    object_notes out;
    std::string_view key;
    for (r.begin_object(); r.next_member(key);) {
        if (key == "_SOFT_LINK" && r.kind() == json_kind::object)
            out.soft_link = take_path(r);
        else if (key == "_SCALAR" && r.kind() == json_kind::boolean)
            out.is_scalar = r.take_boolean();
        else if (key == "_COMPOUND_DTYPE" && r.kind() == json_kind::list)
            out.compound_dtype = r.take_raw();
        else if (key == "_EXTERNAL_ARRAY_LINK")
            out.external = take_array_link(r);
        else if (key == "object_id")
            out.object_id =
                r.kind() == json_kind::text ? '"' + r.take_text() : std::string(r.take_raw());
        else
            r.take_raw();
    }
    r.expect_end();
    return r.finish(std::move(out));
}

result<node::attribute>
read_attribute(std::string_view value, element_parts const& to, std::uint64_t most)
{
    json_reader r(value, structure);
    switch (r.kind()) {
    case json_kind::list:
        return read_list(value, to, most);
    case json_kind::boolean:
        return read_scalar(r, zarr::boolean_type(), to);
    case json_kind::number:
        return read_scalar(r, type_of_number(value), to);
    case json_kind::object:
        return read_scalar(r, zarr::object_reference_type(), to);
    case json_kind::text: {
        json_reader look(value, structure);
        bool const number = zarr::is_non_finite(look.take_raw_text());
        return read_scalar(r, number ? zarr::float_type(8) : zarr::text_type(), to);
    }
    case json_kind::null:
        return refuse(errc::unsupported, "null");
    case json_kind::none:
        break;
    }
    return refuse(errc::bad_value, "no value");
}

}  // namespace lindi::rfs
