#include "new_dataset.hpp"

#include "array_info.hpp"

#include <lindi/codec/base64.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/hdf5/message/dataspace.hpp>
#include <lindi/zarr/float_text.hpp>
#include <lindi/zarr/json_number.hpp>
#include <lindi/zarr/metadata.hpp>

#include <algorithm>

namespace lindi::edit {
namespace {

using enum element_type::kind;

error refuse(std::string why, errc code = errc::bad_value)
{
    return {code, error::nowhere, "new dataset", std::move(why)};
}

/// Bytes of an element, of objects roughly.
std::uint64_t item_size_of(element_type const& type)
{
    constexpr std::uint64_t of_object = 64;
    auto const stored = zarr::type_of_dtype(type.dtype());
    return stored && stored->item_size != 0 ? stored->item_size : of_object;
}

result<void> check_shapes(dataset_spec const& spec, std::uint64_t item_size)
{
    // Blosc counts in 31 bits.
    constexpr std::uint64_t largest_chunk = (std::uint64_t{1} << 31) - 64;
    auto const rank = spec.shape.size();
    if (rank > hdf5::max_rank)
        return refuse("more than 32 dimensions");
    if (!spec.max_shape.empty() && spec.max_shape.size() != rank)
        return refuse("the maximum shape has another number of dimensions than the shape");
    for (std::size_t i = 0; i < spec.max_shape.size(); ++i)
        if (spec.max_shape[i] < spec.shape[i])
            return refuse("the shape is larger than the maximum shape");
    auto const count = checked_product(spec.shape);
    if (!count || !checked_multiply(*count, item_size))
        return refuse("more elements than 64 bits count", errc::too_large);
    if (spec.chunks.empty())
        return {};
    if (spec.chunks.size() != rank)
        return refuse("chunks have another number of dimensions than the shape");
    if (std::find(spec.chunks.begin(), spec.chunks.end(), 0) != spec.chunks.end())
        return refuse("chunks without elements");
    auto const chunk = checked_product(spec.chunks);
    auto const size = chunk ? checked_multiply(*chunk, item_size) : chunk;
    if (!size || *size > largest_chunk)
        return refuse("chunks have less than 2 GiB", errc::too_large);
    return {};
}

result<std::string> number_fill(std::string const& fill, element_type const& type)
{
    auto const stored = zarr::type_of_dtype(type.dtype());
    json_reader check(fill, "fill value"), value(fill, "fill value");
    lindi::bytes item(static_cast<std::size_t>(stored->item_size));
    if (check.kind() == json_kind::boolean)
        return refuse("fill value: no number");
    zarr::take_number_element(check, *stored->element, item);
    check.expect_end();
    if (!check.ok())
        return check.failure();
    if (value.kind() == json_kind::text)
        return std::string(value.take_raw());
    std::string out;
    auto const number = value.take_number();
    auto const* const real = std::get_if<double>(&number);
    if (type.dtype()[1] == 'f')
        std::visit([&](auto n) { zarr::append_float(out, static_cast<double>(n)); }, number);
    else if (real != nullptr)
        zarr::append_integer(out, static_cast<std::int64_t>(*real));
    else
        out = number.index() == 0 ? std::to_string(std::get<0>(number))
                                  : std::to_string(std::get<1>(number));
    return out;
}

result<std::string> text_fill(std::string const& fill, element_type const& type)
{
    json_reader r(fill, "fill value");
    if (r.kind() != json_kind::text)
        return refuse("fill value: no text");
    auto text = r.take_text();
    r.expect_end();
    auto const size = item_size_of(type);
    if (!r.ok() || text.size() > size)
        return refuse("fill value: it does not fit the type");
    text.resize(static_cast<std::size_t>(size));
    std::string out = "\"";
    codec::append_base64(out, as_bytes(text));
    return out + '"';
}

result<std::string> fill_text(dataset_spec const& spec, bool unicode)
{
    auto const what = spec.type.what();
    if (spec.fill.empty())
        return std::string(
            unicode || what == fixed_text                   ? "\"\""
            : what == boolean                               ? "false"
            : what == number && spec.type.dtype()[1] == 'f' ? "0.0"
                                                            : "0"
        );
    if (what == number)
        return number_fill(spec.fill, spec.type);
    if (what == fixed_text)
        return text_fill(spec.fill, spec.type);
    if (what == boolean && (spec.fill == "true" || spec.fill == "false"))
        return spec.fill;
    return refuse("there are no fill values of this type", errc::unsupported);
}

struct codec_texts {
    std::string filters = "null";
    std::string compressor = "null";
};

result<codec_texts> codecs_of(dataset_spec const& spec, bool objects)
{
    auto const& wanted = spec.filters;
    bool const deflated = wanted.how == compression::gzip || wanted.how == compression::zlib;
    if (deflated && (wanted.level < 0 || wanted.level > 9))
        return refuse("compression levels go from 0 to 9");
    codec_texts out;
    if (objects)
        out.filters = zarr::json2_filters;
    if (wanted.shuffle && (spec.type.what() != number || wanted.how == compression::none))
        return refuse("shuffle is for numbers that are compressed", errc::unsupported);
    if (wanted.shuffle && deflated)
        out.filters = R"([{"elementsize":)" + std::to_string(item_size_of(spec.type)) +
                      R"(,"id":"shuffle"}])";
    if (wanted.how == compression::blosc)
        out.compressor = zarr::blosc_compressor;
    if (deflated)
        out.compressor = std::string(R"({"id":")") +
                         (wanted.how == compression::gzip ? "gzip" : "zlib") + R"(","level":)" +
                         std::to_string(wanted.level) + '}';
    return out;
}

}  // namespace

std::string scalar_text_dtype(std::uint64_t code_points)
{
    return "<U" + std::to_string(std::max<std::uint64_t>(1, code_points));
}

result<new_dataset> describe_new(dataset_spec const& spec)
{
    auto const item_size = item_size_of(spec.type);
    if (spec.type.what() == other)
        return refuse("elements of this type are only read", errc::unsupported);
    if (auto const checked = check_shapes(spec, item_size); !checked)
        return checked.error();
    bool const one = spec.shape.empty();
    bool const unicode = one && spec.type.what() == text;
    auto const fill = fill_text(spec, unicode);
    if (!fill)
        return fill.error();
    auto const codecs = codecs_of(spec, spec.type.is_objects() && !unicode);
    if (!codecs)
        return codecs.error();
    zarr::array_metadata array;
    array.shape = one ? std::vector<std::uint64_t>{1} : spec.shape;
    array.chunks = !spec.chunks.empty() ? spec.chunks
                   : one                ? array.shape
                                        : choose_chunks(spec.shape, spec.max_shape, item_size);
    array.dtype = unicode ? scalar_text_dtype(1) : spec.type.dtype();
    array.fill_value = *fill;
    array.filters = codecs->filters;
    array.compressor = codecs->compressor;
    new_dataset out;
    zarr::append_array(out.metadata, array);
    json_object notes;
    // Fields can only be read from a list, so one row is a list of one.
    if (spec.type.what() == compound)
        notes.set(
            "_COMPOUND_DTYPE",
            compound_dtype_text(spec.type, std::vector<std::uint64_t>(spec.type.fields().size(), 1))
        );
    else if (one)
        notes.set("_SCALAR", "true");
    out.attributes = notes.text();
    return out;
}

}  // namespace lindi::edit
