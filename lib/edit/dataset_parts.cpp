#include "dataset_parts.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/zarr/json_text.hpp>

namespace lindi::edit {
namespace {

using indices = std::vector<std::uint64_t>;

error refuse(errc code, std::string_view path, std::string why)
{
    return error(code, error::nowhere, "dataset", std::move(why)).within(absolute(path));
}

std::string chunk_key(std::string const& path, array_info const& of, indices const& index)
{
    return key_of(path, chunk_name(index, of.form.separator));
}

/// What a part and a chunk have in common, one overlap per dimension; nothing: no element.
std::vector<array::overlap>
common_with(array_info const& of, hyperslab const& part, indices const& index)
{
    std::vector<array::overlap> out;
    for (std::size_t i = 0; i < index.size(); ++i) {
        auto const extent = of.form.chunks[i];
        out.push_back(array::overlap_of(part[i], index[i] * extent, extent));
        if (out.back().count == 0)
            return {};
    }
    return out;
}

/// Whether a part covers all of a chunk that is inside the array.
bool covers(array_info const& of, std::vector<array::overlap> const& common, indices const& index)
{
    for (std::size_t i = 0; i < index.size(); ++i) {
        auto const extent = of.form.chunks[i];
        auto const inside = std::min(extent, of.form.shape[i] - index[i] * extent);
        if (common[i].step != 1 || common[i].count != inside)
            return false;
    }
    return true;
}

/// Calls `visit(index)` for all chunks with first[i] <= index[i] <= last[i], in C order.
template <class Visit>
result<void> for_each_index(indices const& first, indices const& last, Visit&& visit)
{
    auto at = first;
    for (bool more = true; more;) {
        if (result<void> const done = visit(std::as_const(at)); !done)
            return done;
        more = false;
        for (std::size_t i = at.size(); i-- > 0 && !more;) {
            more = at[i] < last[i];
            at[i] = more ? at[i] + 1 : first[i];
        }
    }
    return {};
}

/// As above for the chunks that a part touches, with what they have in common with it.
template <class Visit>
result<void> for_each_chunk(array_info const& of, hyperslab const& part, Visit&& visit)
{
    indices first, last;
    for (std::size_t i = 0; i < part.size(); ++i) {
        first.push_back(part[i].start / of.form.chunks[i]);
        last.push_back((part[i].end() - 1) / of.form.chunks[i]);
    }
    return for_each_index(first, last, [&](indices const& index) -> result<void> {
        auto const common = common_with(of, part, index);
        // Steps may be longer than chunks.
        if (common.size() != index.size())
            return {};
        return visit(index, common);
    });
}

result<void> check_access(array_info const& of, std::string_view path, bool to_write)
{
    if (of.is_linked)
        return refuse(errc::unsupported, path, "its elements are in the HDF5 file that it links");
    if (of.form.fortran_order && of.form.shape.size() > 1)
        return refuse(errc::unsupported, path, "Fortran order");
    if (auto const known = check_object_codec(of); !known)
        return known.error().within(path);
    auto codecs = of.form.filters;
    if (of.form.compressor)
        codecs.push_back(*of.form.compressor);
    for (auto const& call : codecs)
        if (to_write && !zarr::is_encodable(call) && !zarr::is_object_codec(call))
            return refuse(
                errc::unsupported, path, "codec " + call.id.substr(0, 80) + " is only read"
            );
    return {};
}

/// Chunks that lie outside of a smaller shape.
result<void>
drop_outside(file_state& file, std::string const& path, array_info const& of, indices const& shape)
{
    std::vector<std::string> outside;
    auto const prefix = key_of(path, "");
    file.store().for_each_key(prefix, [&](std::string_view key) {
        auto name = key.substr(prefix.size());
        for (std::size_t i = 0; i < shape.size() && !name.empty() && name[0] != '.'; ++i) {
            auto const index = std::strtoull(std::string(name).c_str(), nullptr, 10);
            if (index >= divide_up(shape[i], of.form.chunks[i])) {
                outside.emplace_back(key);
                break;
            }
            auto const next = name.find(of.form.separator);
            name.remove_prefix(next == name.npos ? name.size() : next + 1);
        }
        return true;
    });
    for (auto const& key : outside)
        if (auto const erased = file.erase_chunk(key); !erased)
            return erased;
    return {};
}

/// Chunks at an end that moves outwards may hold anything behind it.
result<void> clear_edges(
    file_state& file,
    std::string const& path,
    array_ptr const& of,
    indices const& from,
    indices const& to
)
{
    auto const fill = empty_cells(*of, 1, file.max());
    if (!fill)
        return fill.error();
    auto const writable = check_access(*of, path, true);
    for (std::size_t side = 0; side < from.size(); ++side) {
        if (to[side] == from[side] || from[side] % of->form.chunks[side] == 0)
            continue;
        indices first(from.size()), last;
        for (std::size_t i = 0; i < from.size(); ++i)
            last.push_back(divide_up(from[i], of->form.chunks[i]) - 1);
        first[side] = last[side];
        auto const cleared = for_each_index(first, last, [&](indices const& at) -> result<void> {
            auto const key = chunk_key(path, *of, at);
            if (!file.has_chunk(key))
                return {};
            auto const chunk = file.buffer_chunk(of, key);
            if (!chunk)
                return chunk.error();
            indices inside;
            for (std::size_t i = 0; i < at.size(); ++i)
                inside.push_back(from[i] - at[i] * of->form.chunks[i]);
            if (!writable) {
                auto copy = (*chunk)->chunk;
                bool const changes = clear_beyond(inside, of->form.chunks, copy, *fill);
                return changes ? writable : result<void>();
            }
            if (clear_beyond(inside, of->form.chunks, (*chunk)->chunk, *fill))
                (*chunk)->changed = true;
            return {};
        });
        if (!cleared)
            return cleared;
    }
    return {};
}

}  // namespace

result<hyperslab> part_of(array_info const& of, hyperslab const& part)
{
    if (part.empty())
        return array::whole(of.form.shape);
    auto const checked = array::check_hyperslab(part, of.shape());
    return checked ? result<hyperslab>(part) : checked.error();
}

result<void> write_part(
    file_state& file,
    std::string const& path,
    array_ptr const& of,
    hyperslab const& part,
    cells const& values
)
{
    if (auto const checked = check_access(*of, path, true); !checked)
        return checked;
    auto const count = array::element_count(part);
    if (count != values.count())
        return refuse(
            errc::bad_value,
            path,
            std::to_string(values.count()) + " values for " + std::to_string(count) + " elements"
        );
    if (count == 0)
        return {};
    return for_each_chunk(
        *of,
        part,
        [&](indices const& index, std::vector<array::overlap> const& common) -> result<void> {
            auto const key = chunk_key(path, *of, index);
            if (covers(*of, common, index)) {
                auto chunk = empty_cells(*of, of->chunk_items(), file.max());
                if (!chunk)
                    return chunk.error();
                copy_to_chunk(common, of->form.chunks, *chunk, part, values);
                return file.write_chunk(of, key, *chunk);
            }
            auto const chunk = file.buffer_chunk(of, key);
            if (!chunk)
                return chunk.error();
            copy_to_chunk(common, of->form.chunks, (*chunk)->chunk, part, values);
            (*chunk)->changed = true;
            return {};
        }
    );
}

result<cells>
read_part(file_state& file, std::string const& path, array_ptr const& of, hyperslab const& part)
{
    if (auto const checked = check_access(*of, path, false); !checked)
        return checked.error();
    auto const count = array::element_count(part);
    if (count == 0) {
        cells none;
        none.item_size = static_cast<std::size_t>(of->item_size());
        return none;
    }
    auto out = empty_cells(*of, count, file.max());
    if (!out)
        return out;
    auto const read = for_each_chunk(
        *of,
        part,
        [&](indices const& index, std::vector<array::overlap> const& common) -> result<void> {
            auto const chunk = file.read_chunk(of, chunk_key(path, *of, index));
            if (chunk)
                copy_from_chunk(common, of->form.chunks, *chunk, part, *out);
            return chunk ? result<void>() : chunk.error();
        }
    );
    return read ? std::move(out) : read.error();
}

result<void>
resize_array(file_state& file, std::string const& path, std::vector<std::uint64_t> const& shape)
{
    auto const of = file.array(path);
    if (!of)
        return of.error();
    auto const& info = **of;
    if (info.is_linked || info.is_scalar || shape.size() != info.form.shape.size())
        return refuse(errc::bad_value, path, "it cannot get that shape");
    auto const count = checked_product(shape);
    if (!count || !checked_multiply(*count, std::max<std::uint64_t>(info.item_size(), 16)))
        return refuse(errc::too_large, path, "more elements than 64 bits count");
    indices kept;
    for (std::size_t i = 0; i < shape.size(); ++i)
        kept.push_back(std::min(shape[i], info.form.shape[i]));
    if (kept != info.form.shape)
        if (auto const settled = file.settle(); !settled)
            return settled;
    if (kept != info.form.shape)
        if (auto const dropped = drop_outside(file, path, info, kept); !dropped)
            return dropped;
    if (kept != shape && checked_product(kept) != 0)
        if (auto const cleared = clear_edges(file, path, *of, kept, shape); !cleared)
            return cleared;
    auto changed = info;
    changed.form.shape = shape;
    for (std::size_t i = 0; i < shape.size(); ++i)
        changed.grid[i] = divide_up(shape[i], info.form.chunks[i]);
    std::string text;
    zarr::append_list(text, shape);
    changed.metadata.set("shape", std::move(text));
    return file.put_array(path, std::move(changed));
}

}  // namespace lindi::edit
