#include <lindi/codec/base64.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/hdf5/message/dataspace.hpp>
#include <lindi/zarr/array_form.hpp>
#include <lindi/zarr/json_number.hpp>

#include <algorithm>

namespace lindi::zarr {
namespace {

constexpr char const* structure = ".zarray";
constexpr std::size_t most_codecs = 32;

std::vector<std::uint64_t> take_shape(json_reader& r)
{
    std::vector<std::uint64_t> out;
    for (r.begin_list(); r.next();) {
        auto const number = r.take_number();
        auto const* const whole = std::get_if<std::int64_t>(&number);
        if (whole == nullptr || *whole < 0)
            r.fail(errc::bad_value, "an extent that is no natural number");
        else
            out.push_back(static_cast<std::uint64_t>(*whole));
        if (out.size() > hdf5::max_rank)
            r.fail(errc::too_large, "more than 32 dimensions");
    }
    return out;
}

std::vector<codec_call> take_filters(json_reader& r)
{
    std::vector<codec_call> out;
    if (r.kind() == json_kind::null) {
        r.take_null();
        return out;
    }
    for (r.begin_list(); r.next();) {
        out.push_back(take_codec(r));
        if (out.size() > most_codecs)
            r.fail(errc::too_large, "more than 32 filters");
    }
    return out;
}

/// Which members were there.
struct members_seen {
    bool shape = false, chunks = false, dtype = false;
};

void take_version(json_reader& r)
{
    auto const number = r.take_number();
    auto const* const version = std::get_if<std::int64_t>(&number);
    if (r.ok() && (version == nullptr || *version != 2))
        r.fail(errc::unsupported_version, "not Zarr version 2");
}

void take_member(json_reader& r, std::string_view key, array_form& out, members_seen& seen)
{
    if (key == "zarr_format") {
        take_version(r);
    } else if (key == "shape") {
        seen.shape = true;
        out.shape = take_shape(r);
    } else if (key == "chunks") {
        seen.chunks = true;
        out.chunks = take_shape(r);
    } else if (key == "dtype") {
        seen.dtype = true;
        out.type = take_dtype(r);
    } else if (key == "fill_value") {
        out.fill_value = r.take_raw();
    } else if (key == "order") {
        auto const order = r.take_text();
        out.fortran_order = order == "F";
        if (r.ok() && order != "C" && order != "F")
            r.fail(errc::bad_value, "order");
    } else if (key == "dimension_separator") {
        auto const separator = r.take_text();
        if (r.ok() && separator != "." && separator != "/")
            r.fail(errc::bad_value, "dimension separator");
        else if (r.ok())
            out.separator = separator[0];
    } else if (key == "filters") {
        out.filters = take_filters(r);
    } else if (key == "compressor" && r.kind() != json_kind::null) {
        out.compressor = take_codec(r);
    } else {
        r.take_raw();
    }
}

result<void> check_shapes(array_form& form)
{
    auto const refuse = [](char const* why) {
        return error(errc::bad_value, error::nowhere, structure, why);
    };
    if (form.shape.size() != form.chunks.size())
        return refuse("shape and chunks have different ranks");
    // Arrays without elements have chunks of nothing, too.
    bool const empty = std::find(form.shape.begin(), form.shape.end(), 0) != form.shape.end();
    for (auto& extent : form.chunks) {
        if (extent == 0 && !empty)
            return refuse("chunks without elements");
        extent = std::max<std::uint64_t>(extent, 1);
    }
    // Elements of variable length have 16 bytes.
    std::uint64_t const least = form.type.how == stored_type::form::same ? 1 : 16;
    auto const width = std::max<std::uint64_t>(form.type.item_size, least);
    auto const fits = [width](std::vector<std::uint64_t> const& shape) {
        auto const count = checked_product(shape);
        return count && checked_multiply(*count, width);
    };
    if (!fits(form.shape) || !fits(form.chunks))
        return refuse("more elements than 64 bits count");
    return {};
}

result<std::optional<lindi::bytes>> raw_fill(json_reader& r, std::size_t size)
{
    auto const text = r.take_text();
    if (!r.ok())
        return r.failure();
    auto decoded = codec::decode_base64(text);
    if (!decoded || decoded->size() > size)
        return error(errc::bad_value, error::nowhere, structure, "fill value");
    decoded->resize(size);
    return std::optional<lindi::bytes>(std::move(*decoded));
}

bool is_complex(hdf5::datatype const& type)
{
    auto const is_half = [&type](std::size_t i, std::string_view name) {
        auto const& part = type.members[i];
        return part.name == name && part.type->what == hdf5::type_class::floating &&
               2 * std::uint64_t{part.type->size} == type.size;
    };
    return type.what == hdf5::type_class::compound && type.members.size() == 2 && is_half(0, "r") &&
           is_half(1, "i");
}

/// Numbers, and lists of two of them for complex ones.
void take_fill(json_reader& r, hdf5::datatype const& type, std::span<std::byte> element)
{
    if (is_complex(type) && r.kind() == json_kind::list) {
        auto const half = element.size() / 2;
        r.begin_list();
        if (r.next())
            take_number_element(r, *type.members[0].type, element.first(half));
        if (r.next())
            take_number_element(r, *type.members[1].type, element.subspan(half));
        if (r.next())
            r.fail(errc::bad_value, "more than two parts of a complex number");
    } else {
        take_number_element(r, type, element);
    }
}

}  // namespace

result<array_form> parse_array_form(std::string_view text)
{
    json_reader r(text, structure);
    array_form out;
    members_seen seen;
    std::string_view key;
    for (r.begin_object(); r.next_member(key);)
        take_member(r, key, out, seen);
    r.expect_end();
    if (r.ok() && !(seen.shape && seen.chunks && seen.dtype))
        r.fail(errc::bad_value, "shape, chunks or dtype is missing");
    if (!r.ok())
        return r.failure();
    if (auto const checked = check_shapes(out); !checked)
        return checked.error();
    return out;
}

result<std::optional<lindi::bytes>> fill_element(array_form const& form)
{
    json_reader r(form.fill_value, "fill value");
    if (form.type.how != stored_type::form::same || r.kind() == json_kind::null)
        return std::optional<lindi::bytes>();
    auto const& type = *form.type.element;
    bool const raw = type.what == hdf5::type_class::string ||
                     type.what == hdf5::type_class::opaque ||
                     (type.what == hdf5::type_class::compound && r.kind() == json_kind::text);
    if (raw && r.kind() == json_kind::text)
        return raw_fill(r, type.size);
    lindi::bytes element(type.size);
    if (type.what == hdf5::type_class::opaque)
        take_number_element(r, *integer_type(8, true, form.type.big_endian), element);
    else if (!raw)
        take_fill(r, type, element);
    else
        r.fail(errc::bad_value, "it does not suit the type");
    r.expect_end();
    if (!r.ok())
        return r.failure();
    return std::optional<lindi::bytes>(std::move(element));
}

}  // namespace lindi::zarr
