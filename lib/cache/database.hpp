/// \file
/// The LMDB environment of a cache and its tables.

#pragma once

#include <lindi/cache/lmdb.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace lindi::cache {

/// Functions that return int return 0 or a code of LMDB or the system.
class database {
public:
    MDB_dbi meta = 0;
    MDB_dbi files = 0;
    MDB_dbi ranges = 0;
    MDB_dbi notes = 0;

    /// \param limit  bytes that the caller means to keep
    int open(std::string const& folder, std::uint64_t limit);

    MDB_env* env() const noexcept { return env_.get(); }
    int
    put(transaction const& in, MDB_dbi table, std::string const& key, std::string const& value
    ) const;
    /// The value, as long as the transaction lives and changes nothing.
    std::optional<std::string_view>
    get(transaction const& in, MDB_dbi table, std::string const& key) const;

    /// Bytes of all ranges, as they are stored.
    std::uint64_t bytes_kept(transaction const& in) const;
    int set_bytes_kept(transaction const& in, std::uint64_t bytes) const;

private:
    struct closer {
        void operator()(MDB_env* env) const { mdb_env_close(env); }
    };

    int open_tables();
    int check_format(transaction const& in) const;

    std::unique_ptr<MDB_env, closer> env_{};
};

/// Whether the code says that the database is not one of ours, or not whole.
bool is_unusable(int code) noexcept;

/// What that means.
std::string why_unusable(int code);

}  // namespace lindi::cache
