#include "worker.hpp"

#include "metadata.hpp"

#include <lindi/zarr/json_text.hpp>

#include <algorithm>
#include <fstream>
#include <random>

namespace lindi::bulk {
namespace {

using clock = std::chrono::steady_clock;

std::int64_t now()
{
    auto const since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

/// Text that no file has: nobody knows it beforehand.
std::string random_text()
{
    std::random_device random;
    std::string out = "lindi-reference-";
    for (int i = 0; i < 4; ++i)
        out += std::to_string(random());
    return out;
}

std::string escaped(std::string_view text)
{
    std::string out;
    zarr::append_escaped(out, text);
    return out;
}

/// Copies text line by line, which no line of an index is too long for, with a word replaced.
result<std::uint64_t> copy_replaced(
    std::string const& path, std::string const& word, std::string const& by, spool_file& to
)
{
    std::ifstream from(path, std::ios::binary);
    std::uint64_t size = 0;
    for (std::string line; std::getline(from, line);) {
        if (!from.eof())
            line += '\n';
        for (auto at = line.find(word); at != std::string::npos; at = line.find(word, at)) {
            line.replace(at, word.size(), by);
            at += by.size();
        }
        if (auto const written = to.write(line); !written)
            return written.error();
        size += line.size();
    }
    if (from.bad())
        return error(errc::io, error::nowhere, "output").within(path);
    return size;
}

failure_kind kind_of_output_failure(error const& why)
{
    return why.code() == std::errc::file_exists ? failure_kind::conflict : failure_kind::output;
}

}  // namespace

result<void> unit_work::begin()
{
    start_ = clock::now();
    for (auto const& key : unit_->assets)
        if (auto record = parts_->journal.asset(key))
            assets_.push_back(std::move(*record));
    record_ = parts_->journal.blob(unit_->blob).value_or(blob_record{});
    event_.blob = unit_->blob;
    event_.assets = assets_.size();
    if (assets_.empty())
        return error(errc::io, error::nowhere, "journal", "it lost the assets of a blob");
    event_.asset = assets_.front().is;
    auto working = record_;
    working.state = unit_->has_index ? blob_state::done : blob_state::working;
    return parts_->journal.change([&](journal::changes& to) { to.put(unit_->blob, working); });
}

result<unit_work::next> unit_work::run()
{
    ++record_.attempts;
    std::optional<error> failed;
    failure_kind kind = failure_kind::internal;
    try {
        if (auto const made = make(); !made) {
            failed = made.error();
            kind = is_output_failure_ || failed->structure() == "output"
                       ? kind_of_output_failure(*failed)
                       : classify(*failed);
        }
    } catch (std::exception const& bug) {
        failed = error(errc::io, error::nowhere, "indexing", bug.what());
    }
    event_.seconds = record_.seconds = std::chrono::duration<double>(clock::now() - start_).count();
    record_.ended = now();
    if (failed)
        return note_failure(*failed, kind);
    if (auto const noted = note_done(); !noted)
        return noted.error();
    return next::nothing;
}

result<void> unit_work::make()
{
    if (auto const looked = look_at_outputs(); !looked)
        return looked;
    if (unit_->has_index)
        if (auto other = head_of_other()) {
            event_.was_indexed = true;
            return write_outputs(std::move(*other));
        }
    auto made = new_head();
    if (!made)
        return made.error();
    return write_outputs(std::move(*made));
}

/// Before the work: whoever writes during it is not written over.
result<void> unit_work::look_at_outputs()
{
    is_output_failure_ = true;
    for (auto const& asset : assets_)
        for (auto const& key : {parts_->layout.document(asset.is), parts_->layout.info(asset.is)}) {
            if (key.empty())
                continue;
            auto seen = parts_->output.look(key);
            if (!seen)
                return seen.error();
            seen_[key] = std::move(*seen);
        }
    is_output_failure_ = false;
    return {};
}

/// From the output of another asset, unless somebody changed that.
result<unit_work::head> unit_work::head_of_other()
{
    auto const unusable = error(errc::not_found, error::nowhere, "output");
    auto const wanted = references();
    auto const other = parts_->journal.asset(record_.document);
    if (!other || wanted.size() != 1 || wanted[0] != record_.reference)
        return unusable;
    auto const key = parts_->layout.document(other->is);
    auto const path = spool_->next_path();
    auto file = spool_file::create(path);
    if (!file)
        return file.error();
    auto const size = parts_->output.size_of(key);
    if (!size || *size != record_.document_bytes)
        return unusable;
    if (auto const got = parts_->output.get(key, path); !got)
        return got.error();
    if (auto const cut = file->cut(record_.head_bytes); !cut)
        return cut.error();
    return head{std::move(*file), record_.head_bytes};
}

std::vector<std::string> unit_work::references() const
{
    std::vector<std::string> out;
    for (auto const& asset : assets_)
        out.push_back(reference_of(asset.is, how_->indexing.reference));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

result<unit_work::head> unit_work::new_head()
{
    auto const wanted = references();
    if (wanted.size() > 1)
        placeholder_ = random_text();
    auto file = spool_file::create(spool_->next_path());
    if (!file)
        return file.error();
    auto const& reference = placeholder_.empty() ? wanted.front() : placeholder_;
    auto how = how_->indexing;
    how.memory = unit_->memory;
    auto indexed = index_blob(assets_.front().is, parts_->client, how, reference, *file);
    if (!indexed)
        return indexed.error();
    record_.content = std::move(indexed->content);
    record_.bytes = indexed->bytes;
    record_.requests = indexed->requests;
    record_.head_bytes = indexed->head_bytes;
    if (auto const cut = file->cut(indexed->head_bytes); !cut)
        return cut.error();
    return head{std::move(*file), indexed->head_bytes};
}

result<void> unit_work::write_outputs(head from)
{
    is_output_failure_ = true;
    record_.seconds = std::chrono::duration<double>(clock::now() - start_).count();
    record_.ended = now();
    for (auto const& asset : assets_) {
        bool const is_last = &asset == &assets_.back();
        if (auto const written = write_output(asset, from, is_last); !written)
            return written;
    }
    return {};
}

/// The same head with its placeholder filled in.
result<unit_work::head> unit_work::with_reference(head& from, std::string const& reference)
{
    auto file = spool_file::create(spool_->next_path());
    if (!file)
        return file.error();
    auto const size = copy_replaced(from.file.path(), placeholder_, escaped(reference), *file);
    if (!size)
        return size.error();
    return head{std::move(*file), *size};
}

/// \param is_last  the head may be used up
result<void> unit_work::write_output(asset_record const& asset, head& from, bool is_last)
{
    auto const reference = reference_of(asset.is, how_->indexing.reference);
    std::optional<head> own;
    if (!placeholder_.empty()) {
        auto filled = with_reference(from, reference);
        if (!filled)
            return filled.error();
        own.emplace(std::move(*filled));
    } else if (!is_last) {
        auto copy = spool_file::create(spool_->next_path());
        if (!copy)
            return copy.error();
        if (auto const done = copy->write_head_of(from.file.path(), from.size); !done)
            return done;
        own.emplace(head{std::move(*copy), from.size});
    }
    auto& document = own ? *own : from;
    auto metadata =
        generation_metadata(how_->indexing.generator, asset.is, {record_.ended, record_.seconds});
    auto const tail = rfs::document_tail(metadata, record_.content.problems);
    if (auto const written = document.file.write(tail); !written)
        return written;
    if (auto const closed = document.file.close(); !closed)
        return closed;
    auto const key = parts_->layout.document(asset.is);
    if (auto const put = parts_->output.put_file(key, document.file.path(), seen_[key]); !put)
        return put;
    record_.document = key_of(asset.is);
    record_.document_bytes = document.size + tail.size();
    record_.head_bytes = document.size;
    record_.reference = reference;
    auto const info = parts_->layout.info(asset.is);
    if (info.empty())
        return {};
    return parts_->output.put_text(
        info, info_text(std::move(metadata), record_.content.problems), seen_[info]
    );
}

result<void> unit_work::note_done()
{
    event_.is = run_event::what::done;
    event_.bytes = record_.bytes;
    event_.requests = record_.requests;
    event_.objects = record_.content.objects;
    event_.problems = record_.content.problems.size();
    record_.state = blob_state::done;
    record_.cause.clear();
    record_.version = version_of(assets_.front().is);
    record_.recipe = how_->indexing.recipe();
    return parts_->journal.change([&](journal::changes& to) {
        to.put(unit_->blob, record_);
        for (auto& asset : assets_) {
            asset.written = version_of(asset.is) + "\n" + record_.recipe;
            to.put(key_of(asset.is), asset);
        }
    });
}

unit_work::next unit_work::next_after(error const& why, failure_kind kind) const
{
    bool const lacked_memory = kind == failure_kind::limit &&
                               why.detail().find("limit on memory") != std::string_view::npos;
    if (lacked_memory && unit_->memory < how_->indexing.memory)
        return next::larger;
    return may_pass(kind) && record_.attempts < how_->attempts ? next::again : next::nothing;
}

result<unit_work::next> unit_work::note_failure(error const& why, failure_kind kind)
{
    auto const then = next_after(why, kind);
    bool const again = then != next::nothing;
    if (then == next::larger)
        --record_.attempts;
    event_.is = again ? run_event::what::retried : run_event::what::failed;
    event_.kind = record_.kind = kind;
    event_.cause = record_.cause = why.message();
    record_.state = again ? blob_state::todo : blob_state::failed;
    record_.version = version_of(assets_.front().is);
    record_.recipe = how_->indexing.recipe();
    if (!again)
        record_.attempts = 0;
    auto const noted =
        parts_->journal.change([&](journal::changes& to) { to.put(unit_->blob, record_); });
    if (!noted)
        return noted.error();
    return then;
}

}  // namespace lindi::bulk
