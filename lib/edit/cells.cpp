#include "cells.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/core/utf8.hpp>
#include <lindi/lindi/array_decoder.hpp>
#include <lindi/lindi/object_payload.hpp>
#include <lindi/zarr/json_text.hpp>

#include <algorithm>
#include <cstring>

namespace lindi::edit {
namespace {

constexpr char const* structure = "chunk";

using item_form = zarr::stored_type::form;

std::string empty_value(element_type const& type)
{
    using enum element_type::kind;
    switch (type.what()) {
    case number:
        return type.dtype()[1] == 'f' ? "0.0" : "0";
    case boolean:
        return "false";
    case text:
    case fixed_text:
        return "\"\"";
    case sequence:
        return "[]";
    case compound: {
        std::string out = "[";
        for (auto const& field : type.fields())
            out += (out.size() == 1 ? "" : ",") + empty_value(field.type);
        return out + "]";
    }
    default:
        return "null";
    }
}

/// UTF-32 of Zarr's fill value for text.
lindi::bytes unicode_fill(array_info const& of)
{
    lindi::bytes out(static_cast<std::size_t>(of.item_size()));
    json_reader r(of.form.fill_value, "fill value");
    if (r.kind() != json_kind::text)
        return out;
    auto const text = r.take_text();
    put_utf32(out, text, of.form.type.big_endian);  // as much as there is room for
    return out;
}

result<lindi::bytes> one_item(array_info const& of)
{
    if (of.form.type.how == item_form::unicode)
        return unicode_fill(of);
    auto fill = zarr::fill_element(of.form);
    if (!fill)
        return fill.error();
    return *fill ? std::move(**fill) : lindi::bytes(static_cast<std::size_t>(of.item_size()));
}

bool is_json2(array_info const& of)
{
    return of.form.filters.front().id == "json2";
}

result<void> decode_objects(array_info const& of, block_view payload, cells& out)
{
    if (is_json2(of))
        return rfs::read_json2(payload, of.form.chunks, [&](json_reader& r) {
            append_ascii(out.values.emplace_back(), r);
        });
    return rfs::read_vlen(payload, of.chunk_items(), [&](std::span<std::byte const> item) {
        zarr::append_string(out.values.emplace_back(), as_text(item));
    });
}

void append_nested(std::string& out, std::span<std::uint64_t const> shape, std::string const*& next)
{
    if (shape.empty()) {
        out += *next++;
        return;
    }
    out += '[';
    for (std::uint64_t i = 0; i < shape[0]; ++i) {
        if (i != 0)
            out += ',';
        append_nested(out, shape.subspan(1), next);
    }
    out += ']';
}

lindi::bytes json2_payload(array_info const& of, cells const& chunk)
{
    std::string out;
    auto const* next = chunk.values.data();
    append_nested(out, of.form.chunks, next);
    if (of.form.chunks.empty())
        out.insert(out.begin(), '[');
    else
        out.pop_back();
    out += ",\"|O\",";
    zarr::append_list(out, of.form.chunks);
    out += ']';
    auto const bytes = as_bytes(out);
    return {bytes.begin(), bytes.end()};
}

void append_u32(lindi::bytes& out, std::size_t value)
{
    for (unsigned shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<std::byte>(value >> shift & 0xff));
}

result<lindi::bytes> vlen_payload(cells const& chunk)
{
    lindi::bytes out;
    append_u32(out, chunk.values.size());
    for (auto const& value : chunk.values) {
        json_reader r(value, structure);
        auto const text = r.kind() == json_kind::text ? r.take_text() : std::string();
        append_u32(out, text.size());
        auto const bytes = as_bytes(text);
        out.insert(out.end(), bytes.begin(), bytes.end());
    }
    return out;
}

/// Elements that lie at regular distances in both.
struct run {
    std::size_t in_chunk = 0, in_part = 0, count = 0, step = 1;
};

/// Calls `visit` with what a part and a chunk have in common, run by run.
template <class Visit>
void for_each_run(
    std::span<array::overlap const> common,
    std::span<std::uint64_t const> chunk_shape,
    std::span<array::slice const> part,
    Visit&& visit
)
{
    if (common.empty())
        return visit(run{0, 0, 1, 1});
    auto const last = common.size() - 1;
    std::vector<std::uint64_t> at(common.size());
    for (bool more = true; more;) {
        std::uint64_t in_chunk = 0, in_part = 0;
        for (std::size_t i = 0; i <= last; ++i) {
            in_chunk = in_chunk * chunk_shape[i] + common[i].in_box + at[i] * common[i].step;
            in_part = in_part * part[i].count + common[i].in_part + at[i];
        }
        visit(run{
            static_cast<std::size_t>(in_chunk),
            static_cast<std::size_t>(in_part),
            static_cast<std::size_t>(common[last].count),
            static_cast<std::size_t>(common[last].step)});
        more = false;
        for (std::size_t i = last; i-- > 0 && !more;) {
            more = ++at[i] < common[i].count;
            if (!more)
                at[i] = 0;
        }
    }
}

void copy_items(
    std::byte* to,
    std::size_t to_step,
    std::byte const* from,
    std::size_t from_step,
    std::size_t count,
    std::size_t size
)
{
    if (to_step == 1 && from_step == 1) {
        std::memcpy(to, from, count * size);
        return;
    }
    for (std::size_t i = 0; i < count; ++i)
        std::memcpy(to + i * to_step * size, from + i * from_step * size, size);
}

}  // namespace

std::size_t cells::memory() const noexcept
{
    auto out = items.size();
    for (auto const& value : values)
        out += sizeof value + (value.size() < sizeof value ? 0 : value.size());
    return out;
}

result<cells> empty_cells(array_info const& of, std::uint64_t count, limits const& max)
{
    auto const width = std::max<std::uint64_t>(of.item_size(), of.type.is_objects() ? 64 : 1);
    auto const size = checked_multiply(count, width);
    if (!size || *size > max.decoded_chunk)
        return error(errc::too_large, error::nowhere, structure, "limit on decoded chunks");
    cells out;
    if (of.form.type.how == item_form::objects) {
        out.values.assign(static_cast<std::size_t>(count), empty_value(of.type));
        return out;
    }
    auto const item = one_item(of);
    if (!item)
        return item.error();
    out.item_size = item->size();
    out.items.resize(static_cast<std::size_t>(count) * item->size());
    for (std::size_t at = 0; at < out.items.size(); at += item->size())
        std::memcpy(out.items.data() + at, item->data(), item->size());
    return out;
}

result<void> check_object_codec(array_info const& of)
{
    auto const refuse = [](char const* why) {
        return error(errc::unsupported, error::nowhere, structure, why);
    };
    bool const objects = of.form.type.how == item_form::objects;
    bool const coded = !of.form.filters.empty() && zarr::is_object_codec(of.form.filters.front());
    if (objects != coded)
        return refuse("objects without a codec, or the other way round");
    if (objects && of.form.filters.front().id == "vlen-bytes")
        return refuse("vlen-bytes: elements are only read, by snapshots");
    return {};
}

result<cells> decode_chunk(array_info const& of, block_view content, limits const& max)
{
    if (auto const known = check_object_codec(of); !known)
        return known.error();
    bool const objects = of.form.type.how == item_form::objects;
    auto const size =
        checked_multiply(of.chunk_items(), std::max<std::uint64_t>(of.item_size(), 1));
    if (!size || *size > max.decoded_chunk)
        return error(errc::too_large, content.at, structure, "limit on decoded chunks");
    auto const most = objects ? rfs::largest_payload(of.chunk_items(), max) : *size;
    auto decoded = rfs::undo_codecs(of.form, false, content, most);
    if (!decoded)
        return decoded.error();
    cells out;
    if (objects) {
        auto const read = decode_objects(of, {*decoded, 0}, out);
        return read ? result<cells>(std::move(out)) : read.error();
    }
    out.item_size = static_cast<std::size_t>(of.item_size());
    out.items = std::move(*decoded);
    // Of plain numbers the last chunk may stop behind the array; readers put zeros there.
    bool const raw = of.form.type.is_number && of.form.filters.empty() && !of.form.compressor;
    if (out.items.size() < *size && !raw)
        return error(errc::truncated, content.at, structure, "fewer elements than a chunk has");
    out.items.resize(static_cast<std::size_t>(*size));
    return out;
}

result<lindi::bytes> encode_chunk(array_info const& of, cells const& chunk)
{
    if (auto const known = check_object_codec(of); !known)
        return known.error();
    auto codecs = of.form.filters;
    if (of.form.compressor)
        codecs.push_back(*of.form.compressor);
    if (of.form.type.how != item_form::objects)
        return zarr::encode_codecs(codecs, chunk.items, of.item_size());
    result<lindi::bytes> payload = is_json2(of) ? json2_payload(of, chunk) : vlen_payload(chunk);
    codecs.erase(codecs.begin());
    return payload ? zarr::encode_codecs(codecs, std::move(*payload), 1) : payload;
}

void copy_to_chunk(
    std::span<array::overlap const> common,
    std::span<std::uint64_t const> chunk_shape,
    cells& chunk,
    std::span<array::slice const> part_slices,
    cells const& part
)
{
    auto const size = chunk.item_size;
    for_each_run(common, chunk_shape, part_slices, [&](run const& r) {
        if (size != 0)
            return copy_items(
                chunk.items.data() + r.in_chunk * size,
                r.step,
                part.items.data() + r.in_part * size,
                1,
                r.count,
                size
            );
        for (std::size_t i = 0; i < r.count; ++i)
            chunk.values[r.in_chunk + i * r.step] = part.values[r.in_part + i];
    });
}

void copy_from_chunk(
    std::span<array::overlap const> common,
    std::span<std::uint64_t const> chunk_shape,
    cells const& chunk,
    std::span<array::slice const> part_slices,
    cells& part
)
{
    auto const size = chunk.item_size;
    for_each_run(common, chunk_shape, part_slices, [&](run const& r) {
        if (size != 0)
            return copy_items(
                part.items.data() + r.in_part * size,
                1,
                chunk.items.data() + r.in_chunk * size,
                r.step,
                r.count,
                size
            );
        for (std::size_t i = 0; i < r.count; ++i)
            part.values[r.in_part + i] = chunk.values[r.in_chunk + i * r.step];
    });
}

bool clear_beyond(
    std::span<std::uint64_t const> limit,
    std::span<std::uint64_t const> chunk_shape,
    cells& chunk,
    cells const& fill
)
{
    bool changed = false;
    std::vector<std::uint64_t> at(chunk_shape.size());
    for (std::size_t number = 0; number < chunk.count(); ++number) {
        bool beyond = false;
        for (std::size_t i = 0; i < at.size(); ++i)
            beyond = beyond || at[i] >= limit[i];
        if (beyond && chunk.item_size == 0) {
            changed = changed || chunk.values[number] != fill.values[0];
            chunk.values[number] = fill.values[0];
        } else if (beyond) {
            auto* const item = chunk.items.data() + number * chunk.item_size;
            changed = changed || std::memcmp(item, fill.items.data(), chunk.item_size) != 0;
            std::memcpy(item, fill.items.data(), chunk.item_size);
        }
        for (std::size_t i = at.size(); i-- > 0 && ++at[i] == chunk_shape[i];)
            at[i] = 0;
    }
    return changed;
}

}  // namespace lindi::edit
