#include <lindi/codec/blosc_encode.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/core/utf8.hpp>
#include <lindi/lindi/compound.hpp>
#include <lindi/lindi/inline_data.hpp>
#include <lindi/lindi/json2.hpp>
#include <lindi/zarr/items.hpp>

#include <algorithm>

namespace lindi::rfs {

namespace {

using element_view = std::span<std::byte const>;

constexpr std::size_t unit_size = 4;

/// A scalar string of variable length: UTF-32, as wide as it is.
result<inline_chunk>
encode_text(hdf5::datatype const& type, element_view element, element_text const& text)
{
    auto const string = text.read_text(type, element);
    if (!string)
        return string.error();
    if (string->size() > text.max() / unit_size)
        return error(errc::too_large, error::nowhere, "value", "more than inline_bytes");
    lindi::bytes units(unit_size * std::max<std::size_t>(count_code_points(*string), 1));
    put_utf32(units, *string, false);
    auto encoded = codec::encode_blosc(units, units.size());
    if (!encoded)
        return encoded.error();
    return inline_chunk{std::move(*encoded), "<U" + std::to_string(units.size() / unit_size), {}};
}

/// A scalar string of fixed size: as wide as it is without NULs at its end.
result<inline_chunk> encode_fixed_scalar(zarr::item_type const& item, element_view element)
{
    auto value = zarr::convert_items(item, element);
    while (value.size() > 1 && value.back() == std::byte{0})
        value.pop_back();
    auto encoded = codec::encode_blosc(value, value.size());
    if (!encoded)
        return encoded.error();
    return inline_chunk{std::move(*encoded), "|S" + std::to_string(value.size()), {}};
}

result<inline_chunk> encode_objects(
    zarr::item_type const& item,
    element_view elements,
    std::span<std::uint64_t const> shape,
    element_text const& text
)
{
    auto payload = json2_of(item, elements, shape, text);
    if (!payload)
        return payload.error();
    auto encoded = codec::encode_blosc(as_bytes(payload->text), 1);
    if (!encoded)
        return encoded.error();
    return inline_chunk{std::move(*encoded), item.dtype, std::move(payload->compound_dtype)};
}

result<inline_chunk> encode_items(zarr::item_type const& item, element_view elements)
{
    auto encoded = codec::encode_blosc(zarr::convert_items(item, elements), item.size);
    if (!encoded)
        return encoded.error();
    return inline_chunk{std::move(*encoded), item.dtype, {}};
}

}  // namespace

result<inline_chunk> encode_inline(
    node::dataset const& data,
    dataset_plan const& plan,
    std::span<std::byte const> elements,
    element_text const& text
)
{
    auto const& item = plan.item;
    auto const needed = checked_multiply(data.space.element_count(), data.type->size);
    if (!needed || elements.size() != *needed)
        return error(errc::truncated, error::nowhere, "dataset", "its data are not complete");
    bool const scalar = data.space.rank() == 0 && item.inner.empty();
    if (scalar && item.element->what == hdf5::type_class::variable_length &&
        item.element->is_variable_string)
        return encode_text(*item.element, elements, text);
    if (scalar && item.kind == zarr::item_kind::fixed_string)
        return encode_fixed_scalar(item, elements);
    if (item.kind == zarr::item_kind::objects)
        return encode_objects(item, elements, plan.shape, text);
    return encode_items(scalar ? zarr::little_endian(item) : item, elements);
}

std::string compound_dtype_without_data(zarr::item_type const& item)
{
    if (item.kind != zarr::item_kind::objects || item.element->what != hdf5::type_class::compound)
        return {};
    auto const fields = row_fields(*item.element);
    return fields ? compound_dtype_text(*fields, std::vector<std::uint64_t>(fields->size())) : "";
}

}  // namespace lindi::rfs
