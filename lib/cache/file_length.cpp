#include "file_length.hpp"

#include <lindi/cache/lmdb.hpp>

#include <cerrno>
#include <cstdint>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lindi::cache {
namespace {

/// Goes through all entries of a table.
int walk(transaction const& in, MDB_dbi table)
{
    MDB_cursor* cursor = nullptr;
    if (int const failed = mdb_cursor_open(in.get(), table, &cursor); failed != 0)
        return failed;
    MDB_val key{};
    MDB_val value{};
    int code = mdb_cursor_get(cursor, &key, &value, MDB_FIRST);
    while (code == 0)
        code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    mdb_cursor_close(cursor);
    return code == MDB_NOTFOUND ? 0 : code;
}

int walk_all(MDB_env* env)
{
    constexpr MDB_dbi free_pages = 0;  // LMDB's own table
    MDB_dbi names = 0;
    transaction look(env, MDB_RDONLY);
    if (look.failed() != 0)
        return look.failed();
    if (int const failed = mdb_dbi_open(look.get(), nullptr, 0, &names); failed != 0)
        return failed;
    for (auto const table : {free_pages, names})
        if (int const failed = walk(look, table); failed != 0)
            return failed;
    for (auto const* const name : {"meta", "files", "ranges", "notes"}) {
        MDB_dbi table = 0;
        int const opened = mdb_dbi_open(look.get(), name, 0, &table);
        if (opened == MDB_NOTFOUND)
            continue;
        if (int const failed = opened != 0 ? opened : walk(look, table); failed != 0)
            return failed;
    }
    return 0;
}

/// Never makes it shorter: another process may be writing.
int lengthen(std::string const& path, std::uint64_t size)
{
    int const file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0)
        return errno;
    int const failed = ::posix_fallocate(file, static_cast<off_t>(size) - 1, 1);
    ::close(file);
    return failed;
}

}  // namespace

int check_length(MDB_env* env, std::string const& folder)
{
    MDB_envinfo info{};
    MDB_stat stat{};
    if (mdb_env_info(env, &info) != 0 || mdb_env_stat(env, &stat) != 0)
        return MDB_CORRUPTED;
    auto const path = folder + "/data.mdb";
    struct stat file {};
    if (::stat(path.c_str(), &file) != 0)
        return errno;
    auto const needed = (info.me_last_pgno + 1) * std::uint64_t{stat.ms_psize};
    if (needed <= static_cast<std::uint64_t>(file.st_size))
        return 0;
    constexpr std::uint64_t most = std::uint64_t{1} << 50;
    if (needed > most)
        return MDB_CORRUPTED;
    if (int const failed = lengthen(path, needed); failed != 0)
        return failed;
    return walk_all(env);
}

}  // namespace lindi::cache
