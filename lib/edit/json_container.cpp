#include "container_file.hpp"
#include "stored_text.hpp"

#include <filesystem>

namespace lindi::edit {
namespace {

error no_blobs(std::string const& name)
{
    return error(errc::not_found, error::nowhere, "JSON file", "no files are in it: " + name);
}

class json_container final : public container_file {
public:
    json_container(container_place place, std::unique_ptr<io::stored_file> current)
        : place_(std::move(place)), current_(std::move(current)), replace_(place_.replaces)
    {}

    container form() const noexcept override { return container::json; }
    result<stored_blob> put_blob(std::string_view key, std::span<std::byte const>) override
    {
        return no_blobs(std::string(key));
    }
    result<std::uint64_t> size_of(std::string const& name) override { return no_blobs(name); }
    result<lindi::bytes> read_blob(stored_blob const& blob) override { return no_blobs(blob.name); }
    void describe(rfs::document_state& out) const override { out.path = place_.path; }

    result<void>
    pack(changed_document const& document, std::set<std::string> const&, limits const& max) override
    {
        return commit(document, max);
    }

    result<void> commit(changed_document const& document, limits const& max) override
    {
        if (replace_)
            if (auto const own = check_place(); !own)
                return own;
        auto file = place_.files->create_unnamed(place_.path);
        if (!file)
            return file.error();
        // Who opens the new file must not take it for one that nobody writes.
        if (auto const locked = (*file)->lock(); !locked)
            return locked;
        if (auto const written = write_document(**file, 0, document, max); !written)
            return written.error();
        if (auto const synced = (*file)->sync(); !synced)
            return synced;
        auto const published = place_.files->publish(**file, place_.path, replace_);
        if (!published)
            return published;
        replace_ = true;
        current_ = std::move(*file);
        return place_.files->sync_folder(std::filesystem::path(place_.path).parent_path().string());
    }

private:
    /// Somebody who does not know of locks may have put another file there.
    result<void> check_place()
    {
        auto const there = place_.files->is_at(*current_, place_.path);
        if (!there)
            return there.error();
        if (*there)
            return {};
        return error(errc::io, error::nowhere, "file", "it was replaced or deleted meanwhile")
            .within(place_.path);
    }

    container_place place_;
    std::unique_ptr<io::stored_file> current_;  ///< holds the lock; null: there is no file yet
    bool replace_;
};

}  // namespace

result<opened_container> open_json(container_place const& place, budget& from)
{
    opened_container out;
    out.is_new = place.is_new;
    std::unique_ptr<io::stored_file> file;
    if (!place.is_new || place.replaces) {
        auto opened = place.writable ? open_locked(*place.files, place.path)
                                     : place.files->open(place.path, io::file_layer::access::read);
        if (!opened)
            return opened.error();
        file = std::move(*opened);
    }
    if (!place.is_new) {
        auto const size = file->size();
        if (!size)
            return size.error();
        auto text = read_block(*file, {0, *size}, from);
        if (!text)
            return text.error();
        out.text = std::move(*text);
    }
    auto place_of_it = place;
    place_of_it.replaces = file != nullptr;
    out.file = std::make_unique<json_container>(std::move(place_of_it), std::move(file));
    return out;
}

}  // namespace lindi::edit
