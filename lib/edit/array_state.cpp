// What file_state knows of datasets and their chunks.

#include "file_state.hpp"

#include <lindi/lindi/json_elements.hpp>

namespace lindi::edit {
namespace {

using item_form = zarr::stored_type::form;

element_type type_of_value(json_kind kind)
{
    switch (kind) {
    case json_kind::object:
    case json_kind::null:
        return element_type::reference();
    case json_kind::list:
        return element_type::sequence();
    default:
        return element_type::text();
    }
}

}  // namespace

/// Nothing in the metadata of object arrays tells texts from references: a chunk does.
result<element_type> file_state::type_of_values(std::string const& path, array_info const& info)
{
    std::optional<std::string> first;
    store_->for_each_key(key_of(path, ""), [&](std::string_view key) {
        auto const leaf = edit::name_of(key);
        if (!leaf.empty() && leaf[0] >= '0' && leaf[0] <= '9')
            first = key;
        return !first;
    });
    auto out = element_type::text();
    if (!first)
        return out;
    auto const stored = content(*first);
    auto const chunk = stored ? decode_chunk(info, {*stored, 0}, max()) : stored.error();
    if (!chunk)
        return chunk.error().within(*first);
    for (auto const& value : chunk->values) {
        json_reader r(value, "chunk");
        auto const kind = r.kind();
        // Zarr's fill value and nulls say nothing.
        if (kind != json_kind::number && kind != json_kind::null)
            return type_of_value(kind);
        if (kind == json_kind::null)
            out = element_type::reference();
    }
    return out;
}

result<array_info> file_state::load_array(std::string const& path)
{
    auto const text = metadata(key_of(path, ".zarray"));
    auto const notes_text = text ? metadata(key_of(path, ".zattrs")) : text;
    if (!notes_text)
        return notes_text.error();
    auto const notes = rfs::read_notes(*notes_text);
    if (!notes)
        return notes.error();
    auto info = describe_array(*text, *notes);
    if (!info || info->type_is_known || info->is_linked)
        return info;
    auto const type = type_of_values(path, *info);
    if (!type)
        return type.error();
    info->type = *type;
    auto const has_chunk = store_->key_from(key_of(path, "0"));
    info->type_is_known = has_chunk && is_within(*has_chunk, path);
    return info;
}

result<array_ptr> file_state::array(std::string const& path)
{
    if (auto const known = arrays_.find(path); known != arrays_.end())
        return known->second;
    if (!store_->has(key_of(path, ".zarray")))
        return error(errc::not_found, error::nowhere, "dataset").within(absolute(path));
    auto info = load_array(path);
    if (!info)
        return info.error().within(absolute(path));
    constexpr std::size_t most_known = 1024;
    if (arrays_.size() == most_known)
        arrays_.clear();
    return arrays_.insert_or_assign(path, std::make_shared<array_info const>(std::move(*info)))
        .first->second;
}

result<void> file_state::put_array(std::string const& path, array_info info)
{
    auto const put = store_->put_json(key_of(path, ".zarray"), info.metadata.text());
    if (put)
        arrays_.insert_or_assign(path, std::make_shared<array_info const>(std::move(info)));
    return put;
}

void file_state::set_type(std::string const& path, element_type const& type)
{
    auto const known = arrays_.find(path);
    if (known == arrays_.end())
        return;
    auto info = *known->second;
    info.type = type;
    info.type_is_known = true;
    known->second = std::make_shared<array_info const>(std::move(info));
}

bool file_state::has_chunk(std::string const& key) const
{
    return buffer_.contains(key) || store_->has(key);
}

result<cells> file_state::read_chunk(array_ptr const& of, std::string const& key)
{
    if (auto const* const here = buffer_.find(key))
        return here->chunk;
    if (!store_->has(key))
        return empty_cells(*of, of->chunk_items(), max());
    auto const stored = content(key);
    auto chunk = stored ? decode_chunk(*of, {*stored, 0}, max()) : stored.error();
    return chunk ? std::move(chunk) : chunk.error().within(key);
}

result<void>
file_state::write_chunk(array_ptr const& of, std::string const& key, cells const& whole)
{
    buffer_.drop(key);
    auto const encoded = encode_chunk(*of, whole);
    if (!encoded)
        return encoded.error().within(key);
    auto const put = store_->put_bytes(key, *encoded);
    return put ? put : put.error().within(key);
}

result<chunk_buffer::buffered*>
file_state::buffer_chunk(array_ptr const& of, std::string const& key)
{
    if (auto* const here = buffer_.find(key))
        return here;
    auto chunk = read_chunk(of, key);
    if (!chunk)
        return chunk.error();
    return buffer_.add(*store_, key, {of, std::move(*chunk), false});
}

result<void> file_state::erase_chunk(std::string const& key)
{
    buffer_.drop(key);
    auto const erased = store_->erase(key);
    return erased ? result<void>() : erased.error();
}

}  // namespace lindi::edit
