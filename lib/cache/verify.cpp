#include "verify.hpp"

#include "records.hpp"

#include <map>

namespace lindi::cache {
namespace {

/// Bytes of ranges by file, sound files only.
using sizes = std::map<std::string, std::uint64_t, std::less<>>;

void check_files(database const& db, transaction const& in, sizes& out, store_check& seen)
{
    cursor_in const at(in, db.files);
    MDB_val key{};
    MDB_val value{};
    bool here = at.move(MDB_FIRST, key, value);
    while (here) {
        auto const record = parse_file_record(as_view(value));
        if (record && id_of(record->text) == as_view(key)) {
            out.emplace(as_view(key), 0);
            here = at.move(MDB_NEXT, key, value);
        } else {
            ++seen.damaged;
            here = at.remove() && at.move(MDB_NEXT, key, value);
        }
    }
}

void check_ranges(database const& db, transaction const& in, sizes& out, store_check& seen)
{
    cursor_in const at(in, db.ranges);
    MDB_val key{};
    MDB_val value{};
    std::string room;
    bool here = at.move(MDB_FIRST, key, value);
    while (here) {
        auto const file = out.find(as_view(key).substr(0, id_size));
        if (file != out.end() && parse_range_value(as_view(key), as_view(value), room)) {
            ++seen.ranges;
            file->second += value.mv_size;
            here = at.move(MDB_NEXT, key, value);
        } else {
            ++seen.damaged;
            here = at.remove() && at.move(MDB_NEXT, key, value);
        }
    }
}

int write_sizes(database const& db, transaction const& in, sizes const& counted, store_check& seen)
{
    for (auto const& [id, size] : counted) {
        auto record = parse_file_record(*db.get(in, db.files, id));
        record->bytes = size;
        seen.bytes += size;
        if (int const failed = db.put(in, db.files, id, write_file_record(*record)); failed != 0)
            return failed;
    }
    return db.set_bytes_kept(in, seen.bytes);
}

}  // namespace

int verify_all(database const& db, transaction const& in, store_check& out)
{
    sizes counted;
    check_files(db, in, counted, out);
    check_ranges(db, in, counted, out);
    out.files = counted.size();
    return write_sizes(db, in, counted, out);
}

}  // namespace lindi::cache
