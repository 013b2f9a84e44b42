#include "archive.hpp"
#include "run_command.hpp"

#include <doctest/doctest.h>

#if LINDI_WITH_SQLITE

#include <sqlite3.h>

using namespace lindi;
using namespace lindi::tools;
using test::archive;

namespace {

bytes sample_bytes()
{
    auto const text = read_file(sample);
    return {as_bytes(text).begin(), as_bytes(text).end()};
}

/// A cache as Python lindi makes it: LocalCache.py, its table and its journal mode.
class python_cache {
public:
    explicit python_cache(std::string const& path)
    {
        REQUIRE(sqlite3_open(path.c_str(), &db_) == SQLITE_OK);
        execute("PRAGMA journal_mode=WAL");
        execute("CREATE TABLE remote_chunks (url TEXT, offset INTEGER, size INTEGER, data BLOB, "
                "PRIMARY KEY(url, offset, size))");
    }
    ~python_cache() { sqlite3_close(db_); }
    python_cache(python_cache const&) = delete;
    python_cache& operator=(python_cache const&) = delete;

    void execute(std::string const& text)
    {
        REQUIRE(sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    void add(std::string const& url, std::uint64_t offset, std::span<std::byte const> data)
    {
        sqlite3_stmt* row = nullptr;
        REQUIRE(
            sqlite3_prepare_v2(
                db_, "INSERT INTO remote_chunks VALUES(?, ?, ?, ?)", -1, &row, nullptr
            ) == SQLITE_OK
        );
        auto const size = static_cast<int>(data.size());
        sqlite3_bind_text(row, 1, url.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_bind_int64(row, 2, static_cast<sqlite3_int64>(offset));
        sqlite3_bind_int64(row, 3, size);
        sqlite3_bind_blob(row, 4, data.data(), size, SQLITE_TRANSIENT);
        CHECK(sqlite3_step(row) == SQLITE_DONE);
        sqlite3_finalize(row);
    }
    /// In blocks of 128 KiB, as h5py reads through LindiRemfile.
    void add_all(std::string const& url, bytes const& file)
    {
        constexpr std::size_t block = 131072;
        for (std::size_t at = 0; at < file.size(); at += block)
            add(url, at, std::span(file).subspan(at, std::min(block, file.size() - at)));
    }

private:
    sqlite3* db_ = nullptr;
};

}  // namespace

TEST_CASE("cache import: what Python lindi has of an asset can be read offline")
{
    archive const remote(sample_bytes());
    scratch_folder const folder;
    auto const file = folder / "lindi_cache.db";
    python_cache(file).add_all(archive::asset, sample_bytes());
    auto const done =
        run(cache_command, {"--cache", folder / "cache", "import", file}, remote.client());
    CHECK(done.code == exit_ok);
    CHECK(done.err.empty());
    CHECK(done.out.find("of 1 files imported") != std::string::npos);
    CHECK(remote.ranges() == 1);
    auto const offline =
        run(ls_command,
            {"-r", "--cache", folder / "cache", "--offline", archive::asset},
            remote.client());
    CHECK(offline.code == exit_ok);
    CHECK(offline.out == run(ls_command, {"-r", sample}).out);
}

TEST_CASE("cache import: what may have changed since is left out, unless all is wanted")
{
    test::server_options options;
    options.file = sample_bytes();
    test::http_server const server(std::move(options));
    scratch_folder const folder;
    auto const file = folder / "lindi_cache.db";
    python_cache(file).add_all(server.url(), sample_bytes());
    std::vector<std::string> args = {"--cache", folder / "cache", "import", file};
    auto const careful = run(cache_command, args, *net::client::create({}));
    CHECK(careful.code == exit_problems);
    CHECK(careful.err.find("left out, it may have changed since") != std::string::npos);
    CHECK(server.requests().empty());

    args.emplace_back("--all");
    CHECK(run(cache_command, args, *net::client::create({})).code == exit_ok);
    CHECK(
        run(ls_command,
            {"--cache", folder / "cache", "--offline", server.url()},
            *net::client::create({}))
            .code == exit_ok
    );
}

TEST_CASE("cache import: rows that are not as they should be are left out")
{
    archive const remote(sample_bytes());
    scratch_folder const folder;
    auto const file = folder / "lindi_cache.db";
    {
        python_cache db(file);
        bytes const some(100);
        db.add(archive::asset, sample_bytes().size() - 50, some);
        db.add(archive::asset, ~std::uint64_t{0} >> 1, some);
        db.execute("INSERT INTO remote_chunks VALUES('u', -1, 1, x'00')");
        db.execute("INSERT INTO remote_chunks VALUES('u', 0, 2, x'00')");
        db.execute("INSERT INTO remote_chunks VALUES(NULL, 'a', NULL, 'text')");
    }
    auto const done =
        run(cache_command, {"--cache", folder / "cache", "import", file}, remote.client());
    CHECK(done.code == exit_problems);
    CHECK(done.out == "0 ranges of 1 files imported, 0 bytes; 5 ranges left out\n");
}

TEST_CASE("cache import: what is no such file is an error")
{
    scratch_folder const folder;
    for (auto const& file :
         {folder.add("text.db", "no database, but long enough to be looked at as one"),
          folder.add("empty.db", ""),
          folder / "missing.db"}) {
        auto const done = run(cache_command, {"--cache", folder / "cache", "import", file});
        CHECK(done.code == exit_failed);
        CHECK(done.err.find(file) != std::string::npos);
    }
    CHECK_FALSE(std::filesystem::exists(folder / "missing.db"));
}

#else

TEST_CASE("cache import: without SQLite it says so")
{
    MESSAGE("not tested: this was built without SQLite");
    using namespace lindi::tools;
    scratch_folder const folder;
    auto const done = run(cache_command, {"--cache", folder / "cache", "import", "x.db"});
    CHECK(done.code == exit_failed);
    CHECK(done.err.find("built without SQLite") != std::string::npos);
}

#endif
