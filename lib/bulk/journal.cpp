#include <lindi/bulk/journal.hpp>
#include <lindi/cache/lmdb.hpp>

#include <array>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace lindi::bulk {
namespace {

using cache::as_value;
using cache::as_view;
using cache::cursor_in;
using cache::transaction;

constexpr std::string_view format = "lindi bulk 1";
/// Address space, not memory: a million assets take a few GiB.
constexpr std::size_t map_size = std::size_t{64} << 30;

/// The right to use a folder, until the process ends however it does.
class folder_lock {
public:
    explicit folder_lock(std::string const& folder)
        : descriptor_(::open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
    {
        is_held_ = descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
    }
    folder_lock(folder_lock const&) = delete;
    folder_lock& operator=(folder_lock const&) = delete;
    ~folder_lock()
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }
    bool is_held() const noexcept { return is_held_; }

private:
    int descriptor_;
    bool is_held_ = false;
};

std::optional<std::string_view> get(transaction const& in, MDB_dbi table, std::string_view key)
{
    auto k = as_value(key);
    MDB_val value{};
    if (mdb_get(in.get(), table, &k, &value) != 0)
        return std::nullopt;
    return as_view(value);
}

int put(transaction const& in, MDB_dbi table, std::string_view key, std::string_view value)
{
    auto k = as_value(key);
    auto v = as_value(value);
    return mdb_put(in.get(), table, &k, &v, 0);
}

error failure(int code, std::string const& folder)
{
    return error(errc::io, error::nowhere, "journal", mdb_strerror(code)).within(folder);
}

template <class Record>
std::optional<Record> value_or_none(result<Record> decoded)
{
    return decoded ? std::optional<Record>(std::move(*decoded)) : std::nullopt;
}

}  // namespace

class journal::state {
public:
    explicit state(std::string where) : folder(std::move(where)), lock(folder) {}

    /// 0 or a code of LMDB.
    int open()
    {
        MDB_env* made = nullptr;
        if (int const failed = mdb_env_create(&made); failed != 0)
            return failed;
        env_.reset(made);
        mdb_env_set_maxdbs(made, 3);
        mdb_env_set_mapsize(made, map_size);
        // NOMETASYNC: power loss may undo the last commit and damages nothing.
        constexpr unsigned flags = MDB_NOTLS | MDB_NOMETASYNC;
        if (int const failed = mdb_env_open(made, folder.c_str(), flags, 0600); failed != 0)
            return failed;
        return open_tables();
    }

    MDB_env* env() const noexcept { return env_.get(); }

    std::string folder;
    folder_lock lock;
    MDB_dbi facts = 0;
    MDB_dbi blobs = 0;
    MDB_dbi assets = 0;

private:
    struct closer {
        void operator()(MDB_env* env) const { mdb_env_close(env); }
    };

    int open_tables()
    {
        transaction change(env(), 0);
        if (change.failed() != 0)
            return change.failed();
        using named_table = std::pair<char const*, MDB_dbi*>;
        std::array<named_table, 3> const tables = {
            {{"facts", &facts}, {"blobs", &blobs}, {"assets", &assets}}};
        for (auto const& [name, table] : tables)
            if (int const failed = mdb_dbi_open(change.get(), name, MDB_CREATE, table); failed != 0)
                return failed;
        auto const found = get(change, facts, "format");
        if (found && *found != format)
            return MDB_VERSION_MISMATCH;
        if (!found)
            if (int const failed = put(change, facts, "format", format); failed != 0)
                return failed;
        return change.commit();
    }

    std::unique_ptr<MDB_env, closer> env_{};
};

result<std::shared_ptr<journal>> journal::open(std::string const& folder, bool is_new)
{
    std::error_code failed;
    if (is_new)
        std::filesystem::create_directories(folder, failed);
    else if (!std::filesystem::exists(folder + "/data.mdb", failed))
        return error(errc::not_found, error::nowhere, "journal", "nothing was run there")
            .within(folder);
    if (failed)
        return error(failed, error::nowhere, "journal").within(folder);
    auto made = std::make_unique<state>(folder);
    if (!made->lock.is_held())
        return error(errc::io, error::nowhere, "journal", "another process has it open")
            .within(folder);
    if (int const code = made->open(); code != 0)
        return failure(code, folder);
    return std::shared_ptr<journal>(new journal(std::move(made)));
}

journal::journal(std::unique_ptr<state> made) : state_(std::move(made)) {}

journal::~journal() = default;

std::optional<blob_record> journal::blob(std::string const& key) const
{
    transaction const look(state_->env(), MDB_RDONLY);
    auto const text = look.failed() == 0 ? get(look, state_->blobs, key) : std::nullopt;
    return text ? value_or_none(decode_blob_record(*text)) : std::nullopt;
}

std::optional<asset_record> journal::asset(std::string const& key) const
{
    transaction const look(state_->env(), MDB_RDONLY);
    auto const text = look.failed() == 0 ? get(look, state_->assets, key) : std::nullopt;
    return text ? value_or_none(decode_asset_record(*text)) : std::nullopt;
}

std::optional<std::string> journal::fact(std::string const& name) const
{
    transaction const look(state_->env(), MDB_RDONLY);
    auto const text = look.failed() == 0 ? get(look, state_->facts, name) : std::nullopt;
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

void journal::each_blob(std::function<void(std::string const& key, blob_record record)> const& take
) const
{
    transaction const look(state_->env(), MDB_RDONLY);
    if (look.failed() != 0)
        return;
    cursor_in const at(look, state_->blobs);
    MDB_val key{};
    MDB_val value{};
    for (bool more = at.move(MDB_FIRST, key, value); more; more = at.move(MDB_NEXT, key, value))
        if (auto record = decode_blob_record(as_view(value)))
            take(std::string(as_view(key)), std::move(*record));
}

void journal::each_asset(
    std::function<void(std::string const& key, asset_record record)> const& take
) const
{
    transaction const look(state_->env(), MDB_RDONLY);
    if (look.failed() != 0)
        return;
    cursor_in const at(look, state_->assets);
    MDB_val key{};
    MDB_val value{};
    for (bool more = at.move(MDB_FIRST, key, value); more; more = at.move(MDB_NEXT, key, value))
        if (auto record = decode_asset_record(as_view(value)))
            take(std::string(as_view(key)), std::move(*record));
}

namespace {

/// Remembers the first failure.
class transaction_changes final : public journal::changes {
public:
    transaction_changes(transaction const& in, MDB_dbi facts, MDB_dbi blobs, MDB_dbi assets)
        : in_(&in), facts_(facts), blobs_(blobs), assets_(assets)
    {}

    void put(std::string const& key, blob_record const& record) override
    {
        write(blobs_, key, encode(record));
    }
    void put(std::string const& key, asset_record const& record) override
    {
        write(assets_, key, encode(record));
    }
    void put_fact(std::string const& name, std::string const& value) override
    {
        write(facts_, name, value);
    }
    std::optional<asset_record> asset(std::string const& key) override
    {
        auto const text = get(*in_, assets_, key);
        return text ? value_or_none(decode_asset_record(*text)) : std::nullopt;
    }
    std::optional<blob_record> blob(std::string const& key) override
    {
        auto const text = get(*in_, blobs_, key);
        return text ? value_or_none(decode_blob_record(*text)) : std::nullopt;
    }
    int failed() const noexcept { return failed_; }

private:
    void write(MDB_dbi table, std::string const& key, std::string const& value)
    {
        if (failed_ == 0)
            failed_ = bulk::put(*in_, table, key, value);
    }

    transaction const* in_;
    MDB_dbi facts_;
    MDB_dbi blobs_;
    MDB_dbi assets_;
    int failed_ = 0;
};

}  // namespace

result<void> journal::change(std::function<void(changes&)> const& make)
{
    transaction work(state_->env(), 0);
    if (work.failed() != 0)
        return failure(work.failed(), state_->folder);
    transaction_changes into(work, state_->facts, state_->blobs, state_->assets);
    make(into);
    int const failed = into.failed() != 0 ? into.failed() : work.commit();
    if (failed != 0)
        return failure(failed, state_->folder);
    return {};
}

}  // namespace lindi::bulk
