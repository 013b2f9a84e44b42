#include "files.hpp"

#include <algorithm>
#include <chrono>

namespace lindi::cache {

std::uint64_t now()
{
    auto const since = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(since).count()
    );
}

std::optional<file_record>
find_file(database const& db, transaction const& in, std::string const& id, std::string_view text)
{
    auto const value = db.get(in, db.files, id);
    auto record = value ? parse_file_record(*value) : std::nullopt;
    return record && record->text == text ? record : std::nullopt;
}

int remove_file(database const& db, transaction const& in, std::string const& id)
{
    auto const value = db.get(in, db.files, id);
    if (!value)
        return MDB_NOTFOUND;
    auto const record = parse_file_record(*value).value_or(file_record{});
    {
        cursor_in const at(in, db.ranges);
        auto key = as_value(id);
        MDB_val range{};
        for (bool here = at.move(MDB_SET_RANGE, key, range); here;
             here = at.move(MDB_NEXT, key, range)) {
            if (!parse_range_key(as_view(key), id) || !at.remove())
                break;
        }
    }
    auto key = as_value(id);
    if (int const failed = mdb_del(in.get(), db.files, &key, nullptr); failed != 0)
        return failed;
    auto const kept = db.bytes_kept(in);
    return db.set_bytes_kept(in, kept - std::min(kept, record.bytes));
}

int evict_one(database const& db, transaction const& in)
{
    std::string oldest;
    std::uint64_t last_use = 0;
    {
        cursor_in const at(in, db.files);
        MDB_val key{};
        MDB_val value{};
        for (bool here = at.move(MDB_FIRST, key, value); here;
             here = at.move(MDB_NEXT, key, value)) {
            auto const record = parse_file_record(as_view(value)).value_or(file_record{});
            if (!oldest.empty() && record.last_use >= last_use)
                continue;
            oldest = std::string(as_view(key));
            last_use = record.last_use;
        }
    }
    return oldest.empty() ? MDB_NOTFOUND : remove_file(db, in, oldest);
}

int make_room(database const& db, transaction const& in, std::uint64_t wanted, std::uint64_t limit)
{
    for (;;) {
        auto const kept = db.bytes_kept(in);
        if (kept <= limit && wanted <= limit - kept)
            return 0;
        if (int const failed = evict_one(db, in); failed != 0)
            return failed;
    }
}

}  // namespace lindi::cache
