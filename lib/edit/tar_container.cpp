#include "tar_container.hpp"

#include "blob_names.hpp"
#include "stored_text.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>
#include <array>
#include <filesystem>

namespace lindi::edit {
namespace {

constexpr std::uint64_t entry_at = tar_block;
constexpr rfs::tar_entry entry_place{0, entry_at, rfs::tar_start_size - tar_block};

error not_in_tar(std::string const& name)
{
    return error(errc::not_found, error::nowhere, "tar", "no file " + name);
}

}  // namespace

tar_container::tar_container(
    container_place place,
    std::shared_ptr<io::stored_file> file,
    rfs::tar_index files,
    tar_state const& committed
)
    : place_(std::move(place)), file_(std::move(file)), files_(std::move(files)),
      committed_(committed), end_(committed.end), is_published_(!place_.is_new),
      is_named_(!place_.is_new)
{}

tar_container::~tar_container()
{
    // What is in the file after a failure only the next one to open it can tell.
    if (place_.writable && is_published_ && usable_ && end_ != committed_.end)
        static_cast<void>(write_end(committed_.end));
}

result<std::unique_ptr<tar_container>>
tar_container::create(container_place place, std::unique_ptr<io::stored_file> replaced)
{
    auto file = place.files->create_unnamed(place.path);
    if (!file)
        return file.error();
    // Who opens it once it has its name must not take it for one that nobody writes.
    if (auto const locked = (*file)->lock(); !locked)
        return locked.error();
    auto out = std::make_unique<tar_container>(
        std::move(place), std::move(*file), rfs::tar_index(), tar_state{{}, {}, rfs::tar_start_size}
    );
    out->replaced_ = std::move(replaced);
    out->files_.emplace(entry_file, entry_place);
    if (auto const begun = out->write_header(entry_file, entry_place); !begun)
        return begun.error();
    std::string const spaces(entry_place.size, ' ');
    if (auto const begun = out->file_->write(entry_at, as_bytes(spaces)); !begun)
        return begun.error();
    return out;
}

result<void> tar_container::break_with(error const& why)
{
    usable_ = why;
    return why;
}

result<void> tar_container::write_header(std::string_view name, rfs::tar_entry const& place)
{
    if (place.size > largest_tar_file)
        return error(errc::too_large, place.header, "tar", "a file of 8 GiB or more");
    return file_->write(place.header, encode_tar_header(name, place.size));
}

std::string tar_container::unused_name(std::string_view key)
{
    auto name = blob_name(key, is_plain_path(key) ? 0 : ++version_);
    while (files_.contains(name))
        name = blob_name(key, ++version_);
    return name;
}

result<stored_blob>
tar_container::put_blob(std::string_view key, std::span<std::byte const> content)
{
    static constexpr std::array<std::byte, tar_block> zeros{};
    auto const name = unused_name(key);
    rfs::tar_entry const place{end_, end_ + tar_block, content.size()};
    auto const padding = static_cast<std::size_t>(in_blocks(place.size) - place.size);
    auto done = write_header(name, place);
    if (done)
        done = file_->write(place.data, content);
    if (done && padding != 0)
        done = file_->write(place.data + place.size, std::span(zeros).first(padding));
    if (!done)
        return done.error();
    files_.emplace(name, place);
    end_ = place.data + in_blocks(place.size);
    return stored_blob{name, 0, place.size};
}

result<std::uint64_t> tar_container::size_of(std::string const& name)
{
    auto const found = files_.find(name);
    return found == files_.end() ? result<std::uint64_t>(not_in_tar(name)) : found->second.size;
}

result<lindi::bytes> tar_container::read_blob(stored_blob const& blob)
{
    auto const found = files_.find(blob.name);
    auto const size = file_->size();
    if (found == files_.end() || !size)
        return size ? not_in_tar(blob.name) : size.error();
    auto const at = found->second.data + blob.offset;
    if (at > *size || blob.size > *size - at)
        return error(errc::truncated, at, "tar", blob.name);
    lindi::bytes out(static_cast<std::size_t>(blob.size));
    auto const got = file_->read(at, out);
    return got ? result<lindi::bytes>(std::move(out)) : got.error();
}

/// Somebody who does not know of locks may have changed or replaced the tar.
result<void> tar_container::check_place()
{
    auto const there = place_.files->is_at(*file_, place_.path);
    if (!there)
        return there.error();
    std::array<std::byte, rfs::tar_start_size> start{};
    auto const got = file_->read(0, start);
    if (!got)
        return got.error();
    auto const index = rfs::decode_tar_start({start, 0});
    if (*there && index && *index == committed_.index)
        return {};
    return error(errc::io, error::nowhere, "tar", "somebody else changed or replaced it meanwhile")
        .within(place_.path);
}

result<void> tar_container::write_end(std::uint64_t at)
{
    constexpr std::array<std::byte, tar_end_size> zeros{};
    if (auto const written = file_->write(at, zeros); !written)
        return written;
    return file_->set_size(at + tar_end_size);
}

result<rfs::tar_entry> tar_container::write_index(rfs::tar_entry const& document, std::uint64_t at)
{
    std::vector<named_tar_entry> list(files_.begin(), files_.end());
    list.emplace_back(document_file, document);
    auto next = at + tar_block;
    auto index = write_tar_index(std::move(list), at, [&](std::string_view text) -> result<void> {
        auto const done = file_->write(next, as_bytes(text));
        next += text.size();
        return done;
    });
    if (index)
        if (auto const header = write_header(index_file, *index); !header)
            return header.error();
    return index;
}

/// Document, index and end, behind everything else. Nothing leads to them yet.
result<tar_state> tar_container::append(changed_document const& document, limits const& max)
{
    tar_state out;
    out.document = {end_, end_ + tar_block, 0};
    auto const size = write_document(*file_, out.document.data, document, max);
    if (!size)
        return size.error();
    // JSON may have white space behind it, and a tar has whole blocks.
    out.document.size = in_blocks(*size);
    std::string const padding(static_cast<std::size_t>(out.document.size - *size), ' ');
    auto done = file_->write(out.document.data + *size, as_bytes(padding));
    if (done)
        done = write_header(document_file, out.document);
    if (!done)
        return done.error();
    auto const index = write_index(out.document, out.document.data + out.document.size);
    if (!index)
        return index.error();
    out.index = *index;
    out.end = index->data + index->size;
    done = write_end(out.end);
    return done ? result<tar_state>(out) : done.error();
}

result<void> tar_container::commit(changed_document const& document, limits const& max)
{
    if (is_published_)
        if (auto const own = check_place(); !own)
            return own;
    auto const next = append(document, max);
    if (!next)
        return next.error();
    // A sync that fails may have lost any of the bytes for good, and tells only once.
    if (auto const synced = file_->sync(); !synced)
        return break_with(synced.error());
    if (auto const flipped = file_->write(entry_at, encode_tar_entry(next->index)); !flipped)
        return break_with(flipped.error());
    if (auto const synced = file_->sync(); !synced)
        return break_with(synced.error());
    committed_ = *next;
    end_ = next->end;
    return is_named_ ? result<void>() : publish();
}

result<void> tar_container::publish()
{
    if (!is_published_)
        if (auto const done = place_.files->publish(*file_, place_.path, place_.replaces); !done)
            return done;
    is_published_ = true;
    replaced_.reset();
    auto const folder = std::filesystem::path(place_.path).parent_path().string();
    auto const synced = place_.files->sync_folder(folder);
    is_named_ = synced.has_value();
    return synced;
}

/// Appends a file of another tar under its name.
result<void> tar_container::take_file(std::string const& name, tar_container& from)
{
    constexpr std::uint64_t piece = 1 << 20;
    auto const old = from.files_.at(name);
    rfs::tar_entry const place{end_, end_ + tar_block, old.size};
    if (auto const header = write_header(name, place); !header)
        return header;
    lindi::bytes buffer;
    for (std::uint64_t at = 0; at < old.size; at += buffer.size()) {
        buffer.resize(static_cast<std::size_t>(std::min(piece, old.size - at)));
        auto const got = from.file_->read(old.data + at, buffer);
        if (!got || *got != buffer.size())
            return got ? error(errc::truncated, old.data + at, "tar", name) : got.error();
        // Whole blocks: what is not written here is nothing but zeros up to the next header.
        if (auto const written = file_->write(place.data + at, buffer); !written)
            return written;
    }
    files_.emplace(name, place);
    end_ = place.data + in_blocks(place.size);
    return {};
}

result<void> tar_container::pack(
    changed_document const& document, std::set<std::string> const& named, limits const& max
)
{
    if (!is_published_)
        return commit(document, max);
    if (auto const own = check_place(); !own)
        return own;
    auto place = place_;
    place.is_new = true;
    place.replaces = true;
    auto fresh = create(std::move(place), nullptr);
    if (!fresh)
        return fresh.error();
    for (auto const& [name, old] : files_)
        if (name != entry_file && (named.contains(name) || !name.starts_with(blob_folder)))
            if (auto const taken = (*fresh)->take_file(name, *this); !taken)
                return taken;
    auto const done = (*fresh)->commit(document, max);
    if (!(*fresh)->is_published_)
        return done;
    // The path leads to the new one now, whatever became of the sync of its folder.
    std::swap(file_, (*fresh)->file_);
    std::swap(files_, (*fresh)->files_);
    std::swap(committed_, (*fresh)->committed_);
    std::swap(end_, (*fresh)->end_);
    is_named_ = (*fresh)->is_named_;
    return done;
}

void tar_container::describe(rfs::document_state& out) const
{
    out.path = place_.path;
    out.tar = std::make_shared<rfs::tar_index const>(files_);
    out.tar_source = make_source(file_, place_.path, end_);
}

}  // namespace lindi::edit
