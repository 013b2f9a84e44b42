#include "database.hpp"

#include "file_length.hpp"
#include "records.hpp"

#include <algorithm>
#include <array>

namespace lindi::cache {
namespace {

constexpr std::string_view format = "lindi cache 2";
/// Address space, not memory. The same for all processes that share the database.
constexpr std::uint64_t least_map = std::uint64_t{64} << 30;

}  // namespace

int database::open(std::string const& folder, std::uint64_t limit)
{
    MDB_env* made = nullptr;
    if (int const failed = mdb_env_create(&made); failed != 0)
        return failed;
    env_.reset(made);
    constexpr unsigned tables = 4;
    constexpr unsigned most_readers = 1024;
    mdb_env_set_maxdbs(made, tables);
    mdb_env_set_maxreaders(made, most_readers);
    mdb_env_set_mapsize(made, static_cast<std::size_t>(std::max(least_map, limit * 2)));
    // NOMETASYNC: power loss may undo the last commit and damages nothing.
    constexpr unsigned flags = MDB_NOTLS | MDB_NORDAHEAD | MDB_NOMETASYNC;
    if (int const failed = mdb_env_open(made, folder.c_str(), flags, 0600); failed != 0)
        return failed;
    if (int const failed = check_length(made, folder); failed != 0)
        return failed;
    int dead = 0;
    mdb_reader_check(made, &dead);
    return open_tables();
}

int database::open_tables()
{
    transaction change(env_.get(), 0);
    if (change.failed() != 0)
        return change.failed();
    using named_table = std::pair<char const*, MDB_dbi*>;
    std::array<named_table, 4> const tables = {
        {{"meta", &meta}, {"files", &files}, {"ranges", &ranges}, {"notes", &notes}}};
    for (auto const& [name, table] : tables)
        if (int const failed = mdb_dbi_open(change.get(), name, MDB_CREATE, table); failed != 0)
            return failed;
    if (int const failed = check_format(change); failed != 0)
        return failed;
    return change.commit();
}

/// Writes the format into an empty database.
int database::check_format(transaction const& in) const
{
    if (auto const found = get(in, meta, "format"))
        return *found == format ? 0 : MDB_VERSION_MISMATCH;
    MDB_stat root{};
    if (int const failed = mdb_stat(in.get(), files, &root); failed != 0)
        return failed;
    if (root.ms_entries != 0)
        return MDB_INCOMPATIBLE;
    if (int const failed = put(in, meta, "format", std::string(format)); failed != 0)
        return failed;
    return set_bytes_kept(in, 0);
}

int database::put(
    transaction const& in, MDB_dbi table, std::string const& key, std::string const& value
) const
{
    auto k = as_value(key);
    auto v = as_value(value);
    return mdb_put(in.get(), table, &k, &v, 0);
}

std::optional<std::string_view>
database::get(transaction const& in, MDB_dbi table, std::string const& key) const
{
    auto k = as_value(key);
    MDB_val value{};
    if (mdb_get(in.get(), table, &k, &value) != 0)
        return std::nullopt;
    return as_view(value);
}

std::uint64_t database::bytes_kept(transaction const& in) const
{
    auto const value = get(in, meta, "bytes");
    return value ? parse_number(*value).value_or(0) : 0;
}

int database::set_bytes_kept(transaction const& in, std::uint64_t bytes) const
{
    return put(in, meta, "bytes", write_number(bytes));
}

bool is_unusable(int code) noexcept
{
    return code == MDB_INVALID || code == MDB_VERSION_MISMATCH || code == MDB_CORRUPTED ||
           code == MDB_PAGE_NOTFOUND || code == MDB_INCOMPATIBLE || code == MDB_PANIC;
}

std::string why_unusable(int code)
{
    if (code == MDB_VERSION_MISMATCH)
        return "another version of this program made it";
    if (code == MDB_INVALID || code == MDB_INCOMPATIBLE)
        return "it is no cache of this program";
    return std::string("it is damaged: ") + mdb_strerror(code);
}

}  // namespace lindi::cache
