#include <lindi/cache/python_cache.hpp>

#if LINDI_WITH_SQLITE
#include <sqlite3.h>
#endif

namespace lindi::cache {

#if LINDI_WITH_SQLITE

namespace {

struct closer {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
    void operator()(sqlite3_stmt* query) const { sqlite3_finalize(query); }
};
using connection = std::unique_ptr<sqlite3, closer>;
using statement = std::unique_ptr<sqlite3_stmt, closer>;

error failure(sqlite3* db, std::string const& path)
{
    auto const* const why = db != nullptr ? sqlite3_errmsg(db) : "out of memory";
    return error(errc::io, error::nowhere, "Python lindi's cache", why).within(path);
}

result<connection> open(std::string const& path)
{
    sqlite3* made = nullptr;
    int const failed = sqlite3_open_v2(path.c_str(), &made, SQLITE_OPEN_READONLY, nullptr);
    connection out(made);
    if (failed != SQLITE_OK)
        return failure(made, path);
    // The file may be anybody's: nothing in its schema is run, and no value is larger than Python
    // lindi's largest.
    constexpr int largest_value = 1'000'000'000;
    sqlite3_db_config(made, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(made, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_limit(made, SQLITE_LIMIT_LENGTH, largest_value);
    return out;
}

/// Nothing when the row is none that Python lindi writes.
std::optional<python_range> row_of(sqlite3_stmt* at)
{
    constexpr int url = 0;
    constexpr int offset = 1;
    constexpr int size = 2;
    constexpr int data = 3;
    bool const sound = sqlite3_column_type(at, url) == SQLITE_TEXT &&
                       sqlite3_column_type(at, offset) == SQLITE_INTEGER &&
                       sqlite3_column_type(at, size) == SQLITE_INTEGER &&
                       sqlite3_column_type(at, data) == SQLITE_BLOB;
    auto const first = sqlite3_column_int64(at, offset);
    auto const* const bytes = static_cast<std::byte const*>(sqlite3_column_blob(at, data));
    auto const count = sqlite3_column_bytes(at, data);
    if (!sound || first < 0 || count <= 0 || sqlite3_column_int64(at, size) != count)
        return std::nullopt;
    auto const* const text = reinterpret_cast<char const*>(sqlite3_column_text(at, url));
    auto const length = static_cast<std::size_t>(sqlite3_column_bytes(at, url));
    return python_range{
        {text, length},
        {{bytes, static_cast<std::size_t>(count)}, static_cast<std::uint64_t>(first)}};
}

}  // namespace

result<void> read_python_cache(
    std::string const& path, std::function<result<void>(std::optional<python_range> const&)> visit
)
{
    auto const db = open(path);
    if (!db)
        return db.error();
    constexpr auto text = "SELECT url, offset, size, data FROM remote_chunks ORDER BY url, offset";
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(db->get(), text, -1, &made, nullptr) != SQLITE_OK)
        return failure(db->get(), path);
    statement const query(made);
    int code = sqlite3_step(made);
    for (; code == SQLITE_ROW; code = sqlite3_step(made))
        if (auto const done = visit(row_of(made)); !done)
            return done;
    if (code != SQLITE_DONE)
        return failure(db->get(), path);
    return {};
}

#else

result<void>
read_python_cache(std::string const& path, std::function<result<void>(std::optional<python_range> const&)>)
{
    return error(
               errc::unsupported,
               error::nowhere,
               "Python lindi's cache",
               "this program was built without SQLite"
    )
        .within(path);
}

#endif

}  // namespace lindi::cache
