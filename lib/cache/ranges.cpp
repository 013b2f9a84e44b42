#include "ranges.hpp"

#include "records.hpp"

#include <algorithm>
#include <cstring>

namespace lindi::cache {
namespace {

constexpr std::uint64_t piece = 64 * 1024;

struct found_piece {
    io::byte_range range{};
    std::string_view bytes{};
};

/// A sound piece that holds the byte at `offset`. \param room  for its bytes, when they have to be
/// decoded
std::optional<found_piece>
find_piece(cursor_in const& at, std::string const& id, std::uint64_t offset, std::string& room)
{
    // Pieces overlap where waves were cut differently: the nearest start need not reach far enough.
    constexpr int most_tried = 16;
    auto const after = range_key(id, {offset, ~std::uint64_t{0}});
    auto key = as_value(after);
    MDB_val value{};
    bool here = at.move(MDB_SET_RANGE, key, value) ? at.move(MDB_PREV, key, value)
                                                   : at.move(MDB_LAST, key, value);
    for (int i = 0; here && i < most_tried; ++i) {
        auto const range = parse_range_key(as_view(key), id);
        if (!range || offset - range->offset > piece)
            return std::nullopt;
        if (offset - range->offset < range->size)
            if (auto const bytes = parse_range_value(as_view(key), as_view(value), room))
                return found_piece{*range, *bytes};
        here = at.move(MDB_PREV, key, value);
    }
    return std::nullopt;
}

}  // namespace

std::optional<block>
find_range(database const& db, transaction const& in, std::string const& id, io::byte_range range)
{
    cursor_in const at(in, db.ranges);
    std::shared_ptr<std::byte[]> out;
    std::string room;
    for (auto next = range.offset; next < range.end();) {
        auto const found = find_piece(at, id, next, room);
        if (!found)
            return std::nullopt;
        if (!out)
            out = std::make_shared_for_overwrite<std::byte[]>(static_cast<std::size_t>(range.size));
        auto const end = std::min(found->range.end(), range.end());
        std::memcpy(
            out.get() + (next - range.offset),
            found->bytes.data() + (next - found->range.offset),
            static_cast<std::size_t>(end - next)
        );
        next = end;
    }
    return block{out, {{out.get(), static_cast<std::size_t>(range.size)}, range.offset}};
}

std::uint64_t most_stored(io::byte_range range) noexcept
{
    return range.size + (range.size / piece + 2) * range_overhead;
}

int keep_range(
    database const& db,
    transaction const& in,
    std::string const& id,
    block const& range,
    std::int64_t& added
)
{
    auto const all = as_text(range.view.bytes);
    for (std::size_t at = 0; at < all.size();) {
        auto const offset = range.view.at + at;
        auto const to_boundary = static_cast<std::size_t>(piece - offset % piece);
        auto const bytes = all.substr(at, to_boundary);
        auto const key = range_key(id, {offset, bytes.size()});
        auto const value = range_value(key, bytes);
        auto const old = db.get(in, db.ranges, key);
        added += static_cast<std::int64_t>(value.size());
        added -= static_cast<std::int64_t>(old ? old->size() : 0);
        if (int const failed = db.put(in, db.ranges, key, value); failed != 0)
            return failed;
        at += bytes.size();
    }
    return 0;
}

}  // namespace lindi::cache
