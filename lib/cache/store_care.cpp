// What people do to a store, and programs do not.

#include "files.hpp"
#include "records.hpp"
#include "store_state.hpp"
#include "verify.hpp"

#include <algorithm>
#include <array>

namespace lindi::cache {

std::vector<kept_file> store::files() const
{
    auto const& db = state_->db;
    std::vector<kept_file> out;
    transaction look(db.env(), MDB_RDONLY);
    if (look.failed() != 0)
        return out;
    cursor_in const at(look, db.files);
    MDB_val key{};
    MDB_val value{};
    for (bool here = at.move(MDB_FIRST, key, value); here; here = at.move(MDB_NEXT, key, value))
        if (auto record = parse_file_record(as_view(value)))
            out.push_back({{std::move(record->text)}, record->bytes, record->last_use});
    std::sort(out.begin(), out.end(), [](kept_file const& a, kept_file const& b) {
        return a.last_use > b.last_use;
    });
    return out;
}

result<bool> store::remove(content_key const& content)
{
    auto const& db = state_->db;
    transaction change(db.env(), 0);
    if (change.failed() != 0)
        return state_->failure(change.failed());
    auto const id = id_of(content.text);
    if (!find_file(db, change, id, content.text))
        return false;
    if (int const failed = remove_file(db, change, id); failed != 0)
        return state_->failure(failed);
    if (int const failed = change.commit(); failed != 0)
        return state_->failure(failed);
    return true;
}

void store::remove_note(std::string const& url)
{
    auto const& db = state_->db;
    transaction change(db.env(), 0);
    auto const id = id_of(url);
    auto key = as_value(id);
    if (change.failed() == 0 && mdb_del(change.get(), db.notes, &key, nullptr) == 0)
        change.commit();
}

result<void> store::remove_all()
{
    auto const& db = state_->db;
    transaction change(db.env(), 0);
    if (change.failed() != 0)
        return state_->failure(change.failed());
    for (auto const table : {db.files, db.ranges, db.notes})
        if (int const failed = mdb_drop(change.get(), table, 0); failed != 0)
            return state_->failure(failed);
    if (int const failed = db.set_bytes_kept(change, 0); failed != 0)
        return state_->failure(failed);
    if (int const failed = change.commit(); failed != 0)
        return state_->failure(failed);
    return {};
}

result<std::uint64_t> store::prune(std::uint64_t limit)
{
    auto const& db = state_->db;
    transaction change(db.env(), 0);
    if (change.failed() != 0)
        return state_->failure(change.failed());
    auto const before = db.bytes_kept(change);
    int const failed = make_room(db, change, 0, limit);
    if (failed != 0 && failed != MDB_NOTFOUND)
        return state_->failure(failed);
    auto const after = db.bytes_kept(change);
    if (int const not_written = change.commit(); not_written != 0)
        return state_->failure(not_written);
    return before - std::min(before, after);
}

result<store_check> store::verify()
{
    transaction change(state_->db.env(), 0);
    if (change.failed() != 0)
        return state_->failure(change.failed());
    store_check out;
    if (int const failed = verify_all(state_->db, change, out); failed != 0)
        return state_->failure(failed);
    if (int const failed = change.commit(); failed != 0)
        return state_->failure(failed);
    return out;
}

}  // namespace lindi::cache
