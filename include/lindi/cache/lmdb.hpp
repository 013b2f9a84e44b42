/// \file
/// LMDB with owners. Pointers into the database live only as long as the transaction.

#pragma once

#include <lmdb.h>

#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace lindi::cache {

inline MDB_val as_value(std::string_view text) noexcept
{
    // LMDB takes keys and values by pointers to non-const and does not write to them.
    return {text.size(), const_cast<char*>(text.data())};
}

inline std::string_view as_view(MDB_val const& v) noexcept
{
    return {static_cast<char const*>(v.mv_data), v.mv_size};
}

class transaction {
public:
    transaction(MDB_env* env, unsigned flags)
        : failed_(mdb_txn_begin(env, nullptr, flags, &handle_))
    {}
    transaction(transaction const&) = delete;
    transaction& operator=(transaction const&) = delete;
    ~transaction()
    {
        if (handle_ != nullptr)
            mdb_txn_abort(handle_);
    }

    /// 0, or why it could not begin.
    int failed() const noexcept { return failed_; }
    MDB_txn* get() const noexcept { return handle_; }
    int commit() noexcept
    {
        auto* const ending = handle_;
        handle_ = nullptr;
        return mdb_txn_commit(ending);
    }

private:
    MDB_txn* handle_ = nullptr;
    int failed_;
};

class cursor_in {
public:
    cursor_in(transaction const& in, MDB_dbi table)
    {
        if (mdb_cursor_open(in.get(), table, &handle_) != 0)
            handle_ = nullptr;
    }
    cursor_in(cursor_in const&) = delete;
    cursor_in& operator=(cursor_in const&) = delete;
    ~cursor_in()
    {
        if (handle_ != nullptr)
            mdb_cursor_close(handle_);
    }

    /// Moves; false at the end of the table, or when there is none.
    bool move(MDB_cursor_op how, MDB_val& key, MDB_val& value) const
    {
        return handle_ != nullptr && mdb_cursor_get(handle_, &key, &value, how) == 0;
    }
    /// Removes where it stands; MDB_NEXT then goes to what followed.
    bool remove() const { return mdb_cursor_del(handle_, 0) == 0; }

private:
    MDB_cursor* handle_ = nullptr;
};

}  // namespace lindi::cache
