#include "open_container.hpp"

#include "stored_text.hpp"
#include "tar_members.hpp"

#include <array>

namespace lindi::edit {
namespace {

error refuse(std::errc why, std::string const& path)
{
    return error(std::make_error_code(why), error::nowhere, "LINDI file").within(path);
}

/// What is at a path.
struct found_path {
    bool is_there = false;
    container form = container::json;
};

result<bool> is_tar_file(io::file_layer& files, std::string const& path)
{
    auto const file = files.open(path, io::file_layer::access::read);
    if (!file)
        return file.error();
    std::array<std::byte, tar_block> first{};
    auto const got = (*file)->read(0, first);
    if (!got)
        return got.error();
    return rfs::is_tar(first);
}

result<found_path> look_at_folder(io::file_layer& files, std::string const& path)
{
    auto const document = files.kind(path + "/" + document_file);
    if (!document)
        return document.error();
    return found_path{*document == io::path_kind::file, container::directory};
}

/// A folder without a document is nothing yet: a new directory that was never flushed.
result<found_path> look_at(io::file_layer& files, std::string const& path)
{
    auto const kind = files.kind(path);
    if (!kind)
        return kind.error();
    switch (*kind) {
    case io::path_kind::nothing:
        return found_path{false, container_of_name(path)};
    case io::path_kind::folder:
        return look_at_folder(files, path);
    case io::path_kind::other:
        return error(errc::unsupported, error::nowhere, "LINDI file", "not a regular file")
            .within(path);
    case io::path_kind::file:
        break;
    }
    auto const tar = is_tar_file(files, path);
    if (!tar)
        return tar.error();
    return found_path{true, *tar ? container::tar : container::json};
}

/// Whether the mode begins with no keys, given what is there.
result<bool> is_new(open_mode mode, found_path const& found, std::string const& path)
{
    switch (mode) {
    case open_mode::read:
    case open_mode::read_write:
        if (!found.is_there)
            return refuse(std::errc::no_such_file_or_directory, path);
        return false;
    case open_mode::create_new:
        if (found.is_there)
            return refuse(std::errc::file_exists, path);
        return true;
    case open_mode::create:
        return true;
    case open_mode::append:
        break;
    }
    return !found.is_there;
}

/// A file takes no folder's place, nor a folder a file's.
result<void> check_form(container wanted, found_path const& found, std::string const& path)
{
    bool const is_folder = found.form == container::directory;
    if (is_folder == (wanted == container::directory))
        return {};
    return refuse(is_folder ? std::errc::is_a_directory : std::errc::not_a_directory, path);
}

}  // namespace

result<opened_container>
open_container(std::string const& path, open_mode mode, store_options const& options, budget& from)
{
    auto& files = options.files != nullptr ? *options.files : io::system_files();
    container_place place{files.resolved(path), &files};
    auto found = look_at(files, place.path);
    if (!found)
        return found.error();
    auto const fresh = is_new(mode, *found, path);
    if (!fresh)
        return fresh.error();
    place.is_new = *fresh;
    place.replaces = *fresh && found->is_there;
    place.writable = mode != open_mode::read;
    auto const form = *fresh ? container_of_name(path) : found->form;
    if (auto const fits = check_form(form, *found, path); !fits)
        return fits.error();
    switch (form) {
    case container::tar:
        return open_tar(place, from, options.warn);
    case container::directory:
        return open_directory(place, from);
    case container::json:
        break;
    }
    return open_json(place, from);
}

}  // namespace lindi::edit
