#include "blob_names.hpp"
#include "container_file.hpp"
#include "stored_text.hpp"
#include "tar_members.hpp"

#include <filesystem>
#include <set>

namespace lindi::edit {
namespace {

namespace fs = std::filesystem;

bool is_exists(error const& why)
{
    return why.code() == std::errc::file_exists;
}

class directory_container final : public container_file {
public:
    /// \param folder  holds the lock, if it is to be changed
    /// \param made    the folder was not there before
    directory_container(container_place place, std::unique_ptr<io::stored_file> folder, bool made)
        : place_(std::move(place)), folder_(std::move(folder)),
          has_document_(!place_.is_new || place_.replaces), is_named_(has_document_)
    {
        if (made)
            new_folders_.push_back(place_.path);
    }
    ~directory_container() override;

    container form() const noexcept override { return container::directory; }
    result<stored_blob> put_blob(std::string_view key, std::span<std::byte const> content) override;
    result<std::uint64_t> size_of(std::string const& name) override;
    result<lindi::bytes> read_blob(stored_blob const& blob) override;
    result<void> commit(changed_document const& document, limits const& max) override;
    result<void> pack(
        changed_document const& document, std::set<std::string> const& named, limits const& max
    ) override;
    void describe(rfs::document_state& out) const override { out.path = in(document_file); }

private:
    std::string in(std::string const& name) const { return place_.path + "/" + name; }
    result<std::string> inside(std::string const& name) const;
    result<std::unique_ptr<io::stored_file>> create_file(std::string const& name);
    result<std::unique_ptr<io::stored_file>> create_blob(std::string_view key, std::string& name);
    result<void> make_folders(std::string const& name);
    result<void> sync_blobs();
    void remove_others(std::string const& folder, std::set<std::string> const& named);
    result<void> write(changed_document const& document, limits const& max);
    result<void> break_with(error const& why);

    container_place place_;
    std::unique_ptr<io::stored_file> folder_;
    std::vector<std::string> new_blobs_;    ///< since the last commit
    std::vector<std::string> new_folders_;  ///< since then
    std::set<std::string> touched_;         ///< folders that got a name since then
    std::uint64_t version_ = 0;             ///< of the last blob whose name was taken
    bool has_document_;
    bool is_named_;  ///< for good, in the folder above
};

directory_container::~directory_container()
{
    if (!usable_)
        return;
    for (auto const& name : new_blobs_)
        static_cast<void>(place_.files->remove(in(name)));
    // Those that are empty now, innermost first.
    for (auto folder = new_folders_.rbegin(); folder != new_folders_.rend(); ++folder)
        static_cast<void>(place_.files->remove(*folder));
}

result<void> directory_container::break_with(error const& why)
{
    usable_ = why;
    return why;
}

/// The path of a file; a symbolic link may not lead out of the directory.
result<std::string> directory_container::inside(std::string const& name) const
{
    auto const path = place_.files->resolved(in(name));
    auto const relative = fs::path(path).lexically_relative(place_.path);
    if (!relative.empty() && *relative.begin() != "..")
        return path;
    return error(
        std::make_error_code(std::errc::permission_denied),
        error::nowhere,
        "directory",
        "a link leads out of it: " + name
    );
}

/// Makes the folders that a file lies in.
result<void> directory_container::make_folders(std::string const& name)
{
    for (auto slash = name.find('/'); slash != name.npos; slash = name.find('/', slash + 1)) {
        auto const folder = name.substr(0, slash);
        if (touched_.contains(in(folder)))
            continue;
        auto const made = place_.files->make_folder(in(folder));
        if (!made && !is_exists(made.error()))
            return made;
        if (made) {
            touched_.insert(fs::path(in(folder)).parent_path().string());
            new_folders_.push_back(in(folder));
        }
        touched_.insert(in(folder));
    }
    return {};
}

result<std::unique_ptr<io::stored_file>> directory_container::create_file(std::string const& name)
{
    if (auto const made = make_folders(name); !made)
        return made.error();
    auto const path = inside(name);
    return path ? place_.files->create(*path) : path.error();
}

result<std::unique_ptr<io::stored_file>>
directory_container::create_blob(std::string_view key, std::string& name)
{
    name = blob_name(key, is_plain_path(key) ? 0 : ++version_);
    for (;;) {
        auto file = create_file(name);
        if (file)
            return file;
        // What is a file now may have been a folder of an older dataset, and the other way round.
        auto const code = file.error().code();
        if (code != std::errc::file_exists && code != std::errc::not_a_directory &&
            code != std::errc::is_a_directory)
            return file;
        name = code == std::errc::file_exists ? blob_name(key, ++version_)
                                              : numbered_blob_name(++version_);
    }
}

result<stored_blob>
directory_container::put_blob(std::string_view key, std::span<std::byte const> content)
{
    std::string name;
    auto file = create_blob(key, name);
    if (!file)
        return file.error();
    new_blobs_.push_back(name);
    if (auto const written = (*file)->write(0, content); !written) {
        static_cast<void>(place_.files->remove(in(name)));
        new_blobs_.pop_back();
        return written.error();
    }
    return stored_blob{name, 0, content.size()};
}

result<std::uint64_t> directory_container::size_of(std::string const& name)
{
    auto const path = inside(name);
    if (!path)
        return path.error();
    auto const file = place_.files->open(*path, io::file_layer::access::read);
    return file ? (*file)->size() : file.error();
}

result<lindi::bytes> directory_container::read_blob(stored_blob const& blob)
{
    auto const path = inside(blob.name);
    if (!path)
        return path.error();
    auto const file = place_.files->open(*path, io::file_layer::access::read);
    if (!file)
        return file.error();
    lindi::bytes out(static_cast<std::size_t>(blob.size));
    auto const got = (*file)->read(blob.offset, out);
    if (!got)
        return got.error();
    return out;
}

result<void> directory_container::sync_blobs()
{
    for (auto const& name : new_blobs_) {
        auto const file = place_.files->open(in(name), io::file_layer::access::read);
        if (!file)
            return file.error();
        if (auto const synced = (*file)->sync(); !synced)
            return synced;
    }
    for (auto const& folder : touched_)
        if (auto const synced = place_.files->sync_folder(folder); !synced)
            return synced;
    return {};
}

result<void> directory_container::write(changed_document const& document, limits const& max)
{
    auto const path = in(document_file);
    auto const file = place_.files->create_unnamed(path);
    if (!file)
        return file.error();
    if (auto const written = write_document(**file, 0, document, max); !written)
        return written.error();
    if (auto const synced = (*file)->sync(); !synced)
        return synced;
    return place_.files->publish(**file, path, has_document_);
}

result<void> directory_container::commit(changed_document const& document, limits const& max)
{
    auto const there = place_.files->is_at(*folder_, place_.path);
    if (!there)
        return there.error();
    if (!*there)
        return error(errc::io, error::nowhere, "directory", "it was replaced or deleted meanwhile")
            .within(place_.path);
    // A sync that fails may have lost any of the bytes for good, and tells only once.
    if (auto const synced = sync_blobs(); !synced)
        return break_with(synced.error());
    if (auto const written = write(document, max); !written)
        return written;
    has_document_ = true;
    // From here on the document may name them, whatever becomes of the syncs.
    new_blobs_.clear();
    new_folders_.clear();
    if (auto const synced = place_.files->sync_folder(place_.path); !synced)
        return synced;
    touched_.clear();
    if (is_named_)
        return {};
    auto const named = place_.files->sync_folder(fs::path(place_.path).parent_path().string());
    is_named_ = named.has_value();
    return named;
}

/// Removes files that nothing names, and folders that are empty then. Links are left alone.
void directory_container::remove_others(
    std::string const& folder, std::set<std::string> const& named
)
{
    auto const names = place_.files->list(in(folder));
    if (!names)
        return;
    for (auto const& name : *names) {
        auto const path = folder + "/" + name;
        auto const kind = place_.files->kind(in(path));
        if (place_.files->resolved(in(path)) != in(path) || !kind)
            continue;
        if (*kind == io::path_kind::folder)
            remove_others(path, named);
        if (*kind == io::path_kind::folder || !named.contains(path))
            static_cast<void>(place_.files->remove(in(path)));
    }
}

result<void> directory_container::pack(
    changed_document const& document, std::set<std::string> const& named, limits const& max
)
{
    auto const done = commit(document, max);
    if (done)
        remove_others(std::string(blob_folder.substr(0, blob_folder.size() - 1)), named);
    return done;
}

/// \return the folder, alone
result<std::unique_ptr<io::stored_file>> lock_folder(container_place const& place)
{
    auto folder = place.files->open(place.path, io::file_layer::access::read);
    if (!folder)
        return folder.error();
    if (auto const locked = (*folder)->lock(); !locked)
        return locked.error().within("somebody else is writing");
    return std::move(*folder);
}

}  // namespace

result<opened_container> open_directory(container_place const& place, budget& from)
{
    opened_container out;
    out.is_new = place.is_new;
    auto const document = place.path + "/" + document_file;
    bool is_made = false;
    if (place.is_new && !place.replaces) {
        auto const made = place.files->make_folder(place.path);
        if (!made && !is_exists(made.error()))
            return made.error();
        is_made = made.has_value();
    }
    std::unique_ptr<io::stored_file> folder;
    if (place.writable) {
        auto locked = lock_folder(place);
        if (!locked)
            return locked.error();
        folder = std::move(*locked);
    }
    if (!place.is_new) {
        auto const file = place.files->open(document, io::file_layer::access::read);
        auto const size = file ? (*file)->size() : result<std::uint64_t>(file.error());
        if (!size)
            return size.error();
        auto text = read_block(**file, {0, *size}, from);
        if (!text)
            return text.error();
        out.text = std::move(*text);
    }
    out.file = std::make_unique<directory_container>(place, std::move(folder), is_made);
    return out;
}

}  // namespace lindi::edit
