#include "files.hpp"
#include "network_folder.hpp"
#include "ranges.hpp"
#include "records.hpp"
#include "set_aside.hpp"
#include "store_state.hpp"

#include <filesystem>

namespace lindi::cache {
namespace {

/// \return 0 or a code of LMDB
int keep_all(
    database const& db,
    content_key const& content,
    std::span<block const> ranges,
    std::uint64_t limit
)
{
    std::uint64_t wanted = 0;
    for (auto const& range : ranges)
        wanted += most_stored({range.view.at, range.view.size()});
    transaction change(db.env(), 0);
    if (change.failed() != 0)
        return change.failed();
    if (int const failed = make_room(db, change, wanted, limit); failed != 0)
        return failed;
    auto const id = id_of(content.text);
    auto known = find_file(db, change, id, content.text);
    if (!known && db.get(change, db.files, id))
        return MDB_KEYEXIST;  // another content with the same id: it stays
    auto record = known.value_or(file_record{});
    record.text = content.text;
    std::int64_t added = 0;
    for (auto const& range : ranges)
        if (int const failed = keep_range(db, change, id, range, added); failed != 0)
            return failed;
    record.bytes += static_cast<std::uint64_t>(added);
    record.last_use = now();
    if (int const failed = db.put(change, db.files, id, write_file_record(record)); failed != 0)
        return failed;
    auto const kept = db.bytes_kept(change) + static_cast<std::uint64_t>(added);
    if (int const failed = db.set_bytes_kept(change, kept); failed != 0)
        return failed;
    return change.commit();
}

/// After MDB_MAP_FULL: pages that are free now serve the next attempt.
void make_some_room(database const& db)
{
    transaction change(db.env(), 0);
    if (change.failed() == 0 && evict_one(db, change) == 0)
        change.commit();
}

void warn_of_network(std::string const& folder, store_options const& options)
{
    if (auto const kind = network_file_system_of(folder); !kind.empty() && options.warn)
        options.warn(
            "cache " + folder + ": it is on a network file system (" + kind +
            "), where several machines may damage it: choose a local folder"
        );
}

}  // namespace

result<std::shared_ptr<store>> store::open(std::string folder, store_options options)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return error(failed, error::nowhere, "cache").within(folder);
    warn_of_network(folder, options);
    std::optional<repair_lock> lock;
    // As it is; when it is unusable, again as the only one who repairs; and the empty one.
    constexpr int attempts = 3;
    int code = 0;
    for (int i = 0; i < attempts; ++i) {
        auto made = std::make_unique<state>();
        code = made->db.open(folder, options.limit);
        if (code == 0) {
            made->folder = std::move(folder);
            made->options = std::move(options);
            return std::shared_ptr<store>(new store(std::move(made)));
        }
        made.reset();
        if (!is_unusable(code))
            break;
        if (lock)
            set_aside(folder, why_unusable(code), options.warn);
        else
            lock.emplace(folder);
    }
    return error(errc::io, error::nowhere, "cache", mdb_strerror(code)).within(folder);
}

store::store(std::unique_ptr<state> made) : state_(std::move(made)) {}

store::~store() = default;

std::optional<block> store::find(content_key const& content, io::byte_range range) const
{
    auto const& db = state_->db;
    transaction look(db.env(), MDB_RDONLY);
    auto const id = id_of(content.text);
    if (look.failed() != 0 || !find_file(db, look, id, content.text))
        return std::nullopt;
    return find_range(db, look, id, range);
}

void store::keep(content_key const& content, block const& range)
{
    keep(content, std::span(&range, 1));
}

void store::keep(content_key const& content, std::span<block const> ranges)
{
    if (keep_all(state_->db, content, ranges, state_->options.limit) == MDB_MAP_FULL)
        make_some_room(state_->db);
}

void store::touch(content_key const& content)
{
    auto const& db = state_->db;
    transaction change(db.env(), 0);
    if (change.failed() != 0)
        return;
    auto const id = id_of(content.text);
    auto record = find_file(db, change, id, content.text);
    if (!record)
        return;
    record->last_use = now();
    if (db.put(change, db.files, id, write_file_record(*record)) == 0)
        change.commit();
}

std::optional<std::string> store::find_note(std::string const& url) const
{
    auto const& db = state_->db;
    transaction look(db.env(), MDB_RDONLY);
    if (look.failed() != 0)
        return std::nullopt;
    auto const value = db.get(look, db.notes, id_of(url));
    auto const note = value ? parse_note(*value, url) : std::nullopt;
    return note ? std::optional<std::string>(*note) : std::nullopt;
}

void store::keep_note(std::string const& url, std::string const& note)
{
    auto const& db = state_->db;
    transaction change(db.env(), 0);
    if (change.failed() == 0 && db.put(change, db.notes, id_of(url), write_note(url, note)) == 0)
        change.commit();
}

store_totals store::totals() const
{
    auto const& db = state_->db;
    store_totals out;
    transaction look(db.env(), MDB_RDONLY);
    MDB_stat stat{};
    if (look.failed() != 0)
        return out;
    if (mdb_stat(look.get(), db.files, &stat) == 0)
        out.files = stat.ms_entries;
    if (mdb_stat(look.get(), db.ranges, &stat) == 0)
        out.ranges = stat.ms_entries;
    out.bytes = db.bytes_kept(look);
    return out;
}

}  // namespace lindi::cache
