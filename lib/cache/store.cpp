#include "lmdb.hpp"
#include "records.hpp"

#include <lindi/cache/store.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>

namespace lindi::cache {
namespace {

constexpr std::string_view format = "lindi cache 1";
/// Ranges are kept in pieces that end at multiples of this: what a small read has to check is
/// bounded.
constexpr std::uint64_t piece = 64 * 1024;
/// Address space, not memory. The same for all processes that share the database.
constexpr std::uint64_t least_map = std::uint64_t{64} << 30;

std::uint64_t now()
{
    auto const since = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(since).count()
    );
}

struct environment_closer {
    void operator()(MDB_env* env) const { mdb_env_close(env); }
};
using environment = std::unique_ptr<MDB_env, environment_closer>;

error lmdb_error(int code, std::string const& folder)
{
    return error(errc::io, error::nowhere, "cache", mdb_strerror(code)).within(folder);
}

/// Codes that say that the database is not one of ours, or not whole.
bool is_unusable(int code)
{
    return code == MDB_INVALID || code == MDB_VERSION_MISMATCH || code == MDB_CORRUPTED ||
           code == MDB_PAGE_NOTFOUND || code == MDB_INCOMPATIBLE || code == MDB_PANIC;
}

/// A file that is shorter than its own page count would end the process with SIGBUS.
bool is_whole(MDB_env* env, std::string const& folder)
{
    MDB_envinfo info{};
    MDB_stat stat{};
    if (mdb_env_info(env, &info) != 0 || mdb_env_stat(env, &stat) != 0)
        return false;
    std::error_code failed;
    auto const size =
        std::filesystem::file_size(std::filesystem::path(folder) / "data.mdb", failed);
    return !failed && (info.me_last_pgno + 1) * std::uint64_t{stat.ms_psize} <= size;
}

void set_aside(std::string const& folder, std::string const& why, store_options const& options)
{
    namespace fs = std::filesystem;
    std::error_code failed;
    for (int n = 1;; ++n) {
        auto const aside = fs::path(folder) / ("data.mdb.aside-" + std::to_string(n));
        if (fs::exists(aside, failed))
            continue;
        fs::rename(fs::path(folder) / "data.mdb", aside, failed);
        break;
    }
    fs::remove(fs::path(folder) / "lock.mdb", failed);
    if (options.warn)
        options.warn("cache " + folder + ": set aside, " + why);
}

}  // namespace

class store::state {
public:
    store_options options;
    environment env{};
    MDB_dbi meta = 0;
    MDB_dbi files = 0;
    MDB_dbi ranges = 0;
    MDB_dbi notes = 0;

    int open(std::string const& folder);
    int open_tables();

    std::optional<file_record>
    file(transaction const& in, std::string const& id, std::string const& text) const;
    std::optional<std::string> piece_with(
        cursor_in const& at, std::string const& id, std::uint64_t offset, io::byte_range& found
    ) const;
    int
    put(transaction const& in, MDB_dbi table, std::string const& key, std::string const& value
    ) const;
    std::optional<std::uint64_t> bytes_kept(transaction const& in) const;
    int keep_pieces(
        transaction const& in, std::string const& id, block const& range, std::uint64_t& added
    ) const;
    int evict_one(transaction const& in) const;
    int make_room(transaction const& in, std::uint64_t wanted) const;
    int keep(content_key const& content, block const& range);
    void make_some_room();
};

int store::state::open(std::string const& folder)
{
    MDB_env* made = nullptr;
    if (int const failed = mdb_env_create(&made); failed != 0)
        return failed;
    env.reset(made);
    constexpr unsigned tables = 4;
    constexpr unsigned most_readers = 1024;
    mdb_env_set_maxdbs(made, tables);
    mdb_env_set_maxreaders(made, most_readers);
    mdb_env_set_mapsize(made, static_cast<std::size_t>(std::max(least_map, options.limit * 2)));
    // NOMETASYNC: power loss may undo the last commit and damages nothing.
    constexpr unsigned flags = MDB_NOTLS | MDB_NORDAHEAD | MDB_NOMETASYNC;
    if (int const failed = mdb_env_open(made, folder.c_str(), flags, 0600); failed != 0)
        return failed;
    if (!is_whole(made, folder))
        return MDB_CORRUPTED;
    int dead = 0;
    mdb_reader_check(made, &dead);
    return open_tables();
}

int store::state::open_tables()
{
    transaction change(env.get(), 0);
    if (change.failed() != 0)
        return change.failed();
    using named_table = std::pair<char const*, MDB_dbi*>;
    std::array<named_table, 4> const tables = {
        {{"meta", &meta}, {"files", &files}, {"ranges", &ranges}, {"notes", &notes}}};
    for (auto const& [name, table] : tables)
        if (int const failed = mdb_dbi_open(change.get(), name, MDB_CREATE, table); failed != 0)
            return failed;
    auto key = as_value("format");
    MDB_val value{};
    if (mdb_get(change.get(), meta, &key, &value) == 0)
        return as_view(value) == format ? change.commit() : MDB_VERSION_MISMATCH;
    MDB_stat root{};
    if (int const failed = put(change, meta, "format", std::string(format)); failed != 0)
        return failed;
    if (int const failed = put(change, meta, "bytes", write_number(0)); failed != 0)
        return failed;
    mdb_stat(change.get(), files, &root);
    return root.ms_entries == 0 ? change.commit() : MDB_INCOMPATIBLE;
}

int store::state::put(
    transaction const& in, MDB_dbi table, std::string const& key, std::string const& value
) const
{
    auto k = as_value(key);
    auto v = as_value(value);
    return mdb_put(in.get(), table, &k, &v, 0);
}

std::optional<file_record>
store::state::file(transaction const& in, std::string const& id, std::string const& text) const
{
    auto key = as_value(id);
    MDB_val value{};
    if (mdb_get(in.get(), files, &key, &value) != 0)
        return std::nullopt;
    auto record = parse_file_record(as_view(value));
    return record && record->text == text ? record : std::nullopt;
}

/// A sound piece that holds the byte at `offset`, copied.
std::optional<std::string> store::state::piece_with(
    cursor_in const& at, std::string const& id, std::uint64_t offset, io::byte_range& found
) const
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
        if (offset - range->offset < range->size) {
            if (auto const bytes = parse_range_value(as_view(key), as_view(value))) {
                found = *range;
                return std::string(*bytes);
            }
        }
        here = at.move(MDB_PREV, key, value);
    }
    return std::nullopt;
}

std::optional<std::uint64_t> store::state::bytes_kept(transaction const& in) const
{
    auto key = as_value("bytes");
    MDB_val value{};
    if (mdb_get(in.get(), meta, &key, &value) != 0)
        return std::nullopt;
    return parse_number(as_view(value));
}

int store::state::keep_pieces(
    transaction const& in, std::string const& id, block const& range, std::uint64_t& added
) const
{
    auto const all = as_text(range.view.bytes);
    for (std::size_t at = 0; at < all.size();) {
        auto const offset = range.view.at + at;
        auto const to_boundary = static_cast<std::size_t>(piece - offset % piece);
        auto const bytes = all.substr(at, to_boundary);
        auto const key = range_key(id, {offset, bytes.size()});
        auto k = as_value(key);
        MDB_val old{};
        if (mdb_get(in.get(), ranges, &k, &old) != 0)
            added += bytes.size();
        if (int const failed = put(in, ranges, key, range_value(key, bytes)); failed != 0)
            return failed;
        at += bytes.size();
    }
    return 0;
}

/// Removes all ranges of the file that nobody used for the longest time.
int store::state::evict_one(transaction const& in) const
{
    std::string oldest;
    file_record record;
    {
        cursor_in at(in, files);
        MDB_val key{};
        MDB_val value{};
        for (bool here = at.move(MDB_FIRST, key, value); here;
             here = at.move(MDB_NEXT, key, value)) {
            auto const one = parse_file_record(as_view(value));
            if (one && !oldest.empty() && one->last_use >= record.last_use)
                continue;
            oldest = std::string(as_view(key));
            record = one.value_or(file_record{});
        }
    }
    if (oldest.empty())
        return MDB_NOTFOUND;
    cursor_in at(in, ranges);
    auto key = as_value(oldest);
    MDB_val value{};
    for (bool here = at.move(MDB_SET_RANGE, key, value); here;
         here = at.move(MDB_GET_CURRENT, key, value)) {
        if (!parse_range_key(as_view(key), oldest) || !at.remove())
            break;
    }
    auto file_key = as_value(oldest);
    if (int const failed = mdb_del(in.get(), files, &file_key, nullptr); failed != 0)
        return failed;
    auto const kept = bytes_kept(in).value_or(0);
    return put(in, meta, "bytes", write_number(kept - std::min(kept, record.bytes)));
}

int store::state::make_room(transaction const& in, std::uint64_t wanted) const
{
    for (;;) {
        auto const kept = bytes_kept(in).value_or(0);
        if (kept <= options.limit && wanted <= options.limit - kept)
            return 0;
        if (int const failed = evict_one(in); failed != 0)
            return failed;
    }
}

int store::state::keep(content_key const& content, block const& range)
{
    transaction change(env.get(), 0);
    if (change.failed() != 0)
        return change.failed();
    if (int const failed = make_room(change, range.view.size()); failed != 0)
        return failed;
    auto const id = id_of(content.text);
    file_record record;
    record.text = content.text;
    auto key = as_value(id);
    MDB_val value{};
    if (mdb_get(change.get(), files, &key, &value) == 0) {
        auto const known = file(change, id, content.text);
        if (!known)
            return MDB_KEYEXIST;  // another content with the same id: it stays
        record = *known;
    }
    std::uint64_t added = 0;
    if (int const failed = keep_pieces(change, id, range, added); failed != 0)
        return failed;
    record.bytes += added;
    record.last_use = now();
    if (int const failed = put(change, files, id, write_file_record(record)); failed != 0)
        return failed;
    auto const kept = bytes_kept(change).value_or(0) + added;
    if (int const failed = put(change, meta, "bytes", write_number(kept)); failed != 0)
        return failed;
    return change.commit();
}

/// After MDB_MAP_FULL: pages that are free now serve the next attempt.
void store::state::make_some_room()
{
    transaction change(env.get(), 0);
    if (change.failed() == 0 && evict_one(change) == 0)
        change.commit();
}

result<std::shared_ptr<store>> store::open(std::string folder, store_options options)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return error(failed, error::nowhere, "cache").within(folder);
    constexpr int attempts = 2;
    int code = 0;
    for (int i = 0; i < attempts; ++i) {
        auto made = std::make_unique<state>();
        made->options = options;
        code = made->open(folder);
        if (code == 0)
            return std::shared_ptr<store>(new store(std::move(made)));
        made.reset();
        if (!is_unusable(code))
            break;
        set_aside(folder, mdb_strerror(code), options);
    }
    return lmdb_error(code, folder);
}

store::store(std::unique_ptr<state> made) : state_(std::move(made)) {}

store::~store() = default;

std::optional<block> store::find(content_key const& content, io::byte_range range) const
{
    transaction look(state_->env.get(), MDB_RDONLY);
    auto const id = id_of(content.text);
    if (look.failed() != 0 || !state_->file(look, id, content.text))
        return std::nullopt;
    cursor_in const at(look, state_->ranges);
    std::shared_ptr<std::byte[]> out;
    for (auto next = range.offset; next < range.end();) {
        io::byte_range found;
        auto const bytes = state_->piece_with(at, id, next, found);
        if (!bytes)
            return std::nullopt;
        if (!out)
            out = std::make_shared_for_overwrite<std::byte[]>(static_cast<std::size_t>(range.size));
        auto const end = std::min(found.end(), range.end());
        std::memcpy(
            out.get() + (next - range.offset),
            bytes->data() + (next - found.offset),
            static_cast<std::size_t>(end - next)
        );
        next = end;
    }
    return block{out, {{out.get(), static_cast<std::size_t>(range.size)}, range.offset}};
}

void store::keep(content_key const& content, block const& range)
{
    if (state_->keep(content, range) == MDB_MAP_FULL)
        state_->make_some_room();
}

void store::touch(content_key const& content)
{
    transaction change(state_->env.get(), 0);
    if (change.failed() != 0)
        return;
    auto const id = id_of(content.text);
    auto record = state_->file(change, id, content.text);
    if (!record)
        return;
    record->last_use = now();
    if (state_->put(change, state_->files, id, write_file_record(*record)) == 0)
        change.commit();
}

std::optional<std::string> store::find_note(std::string const& url) const
{
    transaction look(state_->env.get(), MDB_RDONLY);
    auto const id = id_of(url);
    auto key = as_value(id);
    MDB_val value{};
    if (look.failed() != 0 || mdb_get(look.get(), state_->notes, &key, &value) != 0)
        return std::nullopt;
    auto const note = parse_note(as_view(value), url);
    return note ? std::optional<std::string>(*note) : std::nullopt;
}

void store::keep_note(std::string const& url, std::string const& note)
{
    transaction change(state_->env.get(), 0);
    if (change.failed() == 0 &&
        state_->put(change, state_->notes, id_of(url), write_note(url, note)) == 0)
        change.commit();
}

store_totals store::totals() const
{
    store_totals out;
    transaction look(state_->env.get(), MDB_RDONLY);
    MDB_stat stat{};
    if (look.failed() != 0)
        return out;
    if (mdb_stat(look.get(), state_->files, &stat) == 0)
        out.files = stat.ms_entries;
    if (mdb_stat(look.get(), state_->ranges, &stat) == 0)
        out.ranges = stat.ms_entries;
    out.bytes = state_->bytes_kept(look).value_or(0);
    return out;
}

}  // namespace lindi::cache
