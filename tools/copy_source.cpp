#include "copy_source.hpp"

#include <lindi/edit/copy_contents.hpp>
#include <lindi/lindi/index_file.hpp>
#include <lindi/open/open_tree.hpp>

#include <filesystem>

namespace lindi::tools {
namespace {

namespace fs = std::filesystem;

block to_block(std::string text)
{
    auto const owner = std::make_shared<std::string const>(std::move(text));
    return {owner, {as_bytes(*owner), 0}};
}

/// A name for a document that is never written.
std::string name_in_memory()
{
    return (fs::temp_directory_path() / "lindi-copy-source.lindi.json").string();
}

result<edit::file> in_memory(block document, edit::file_options options)
{
    options.store.begin_with = std::move(document);
    return edit::file::open(name_in_memory(), edit::open_mode::create, std::move(options));
}

/// The document of an HDF5 file.
result<copy_source> index(open::tree& from, std::string const& path, edit::file_options options)
{
    rfs::export_options exported;
    exported.url =
        open::is_url(path) ? from.reference() : fs::absolute(path).lexically_normal().string();
    std::string text;
    auto const report =
        from.reader()
            .run(rfs::index_file(from.file(), std::move(exported), [&](std::string_view piece) {
                text += piece;
                return result<void>();
            }));
    if (!report)
        return report.error();
    auto file = in_memory(to_block(std::move(text)), std::move(options));
    if (!file)
        return file.error();
    return copy_source{std::move(*file), report->problems};
}

/// A document behind a URL: names that are relative in it lead to its neighbours.
result<copy_source> load(open::tree& from, std::string const& url, edit::file_options options)
{
    auto const& in = *from.document();
    std::string text(in.document->text());
    auto file = in_memory(to_block(std::move(text)), std::move(options));
    if (!file)
        return file.error();
    edit::copy_options copied;
    copied.has_own_files = from.kind() == open::tree_kind::lindi_tar;
    copied.own_url = copied.has_own_files ? from.reference() : std::string();
    auto const folder = url.substr(0, url.substr(0, url.find_first_of("?#")).rfind('/') + 1);
    copied.rename = [folder](std::string const& name) {
        if (open::is_url(name) || name.starts_with('/'))
            return name;
        return folder + (name.starts_with("./") ? name.substr(2) : name);
    };
    auto const done = edit::copy_contents(from.reader(), in, file->store(), std::move(copied));
    if (!done)
        return done.error();
    return copy_source{std::move(*file)};
}

}  // namespace

result<copy_source> open_copy_source(
    char const* command, std::string const& path, remote_options const& remote, environment& env
)
{
    auto source = to_source_options(command, {&path, 1}, remote, env);
    if (!source)
        return source.error();
    edit::file_options options;
    options.from.source = *source;
    open::tree_options from;
    from.source = std::move(*source);
    auto const tree = open::tree::open(path, std::move(from));
    if (!tree)
        return tree.error();
    if ((*tree)->kind() == open::tree_kind::hdf5)
        return index(**tree, path, std::move(options));
    if (open::is_url(path))
        return load(**tree, path, std::move(options));
    auto file = edit::file::open(path, edit::open_mode::read, std::move(options));
    if (!file)
        return file.error();
    return copy_source{std::move(*file)};
}

}  // namespace lindi::tools
