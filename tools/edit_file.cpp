#include "edit_file.hpp"

#include "dry_files.hpp"
#include "interrupt.hpp"
#include "printable.hpp"

namespace lindi::tools {
namespace {

result<void> change_and_write(
    edit::file file,
    edit_options const& o,
    environment& env,
    std::function<result<void>(edited_file&)> const& change
)
{
    edited_file edited{std::move(file), o.dry_run};
    if (auto const changed = change(edited); !changed)
        return changed;
    if (!o.dry_run)
        return edited.file.flush();
    for (auto const& line : edited.done)
        env.out << "would " << one_line(line) << '\n';
    return {};
}

}  // namespace

void add_edit_options(command_line& app, edit_options& o)
{
    app.flag("-n,--dry-run", o.dry_run, "only say what would be done; nothing is written");
    add_remote_options(app, o.remote);
}

int with_edited_file(
    char const* command,
    edit_options const& o,
    environment& env,
    edit::open_mode mode,
    std::function<result<void>(edited_file&)> const& change
)
{
    auto const fail = [&](error const& why) {
        env.err << command << ": " << one_line(why.message()) << '\n';
        return exit_failed;
    };
    if (open::is_url(o.file))
        return fail(error(
                        errc::unsupported,
                        error::nowhere,
                        "file",
                        "files behind URLs are not changed; "
                        "lindi amend begins a local one"
        )
                        .within(o.file));
    dry_files dry;
    edit::file_options options;
    auto source = to_source_options(command, {&o.file, 1}, o.remote, env);
    if (!source)
        return fail(source.error());
    options.from.source = std::move(*source);
    options.store.files = o.dry_run ? &dry : nullptr;
    options.store.warn = [&](std::string const& text) {
        env.err << command << ": " << one_line(text) << '\n';
    };
    interrupt_guard const guard;
    auto file = edit::file::open(o.file, mode, std::move(options));
    auto const done = file ? change_and_write(std::move(*file), o, env, change) : file.error();
    if (guard.received() != 0)
        return exit_signal + guard.received();
    return done ? exit_ok : fail(done.error());
}

attribute_place split_attribute(std::string const& text)
{
    auto const at = text.rfind('@');
    if (at == text.npos)
        return {text, std::nullopt};
    return {at == 0 ? "/" : text.substr(0, at), text.substr(at + 1)};
}

}  // namespace lindi::tools
