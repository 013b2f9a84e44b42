#include "command_line.hpp"
#include "environment.hpp"
#include "printable.hpp"

#include <lindi/edit/reference_store.hpp>

#include <filesystem>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi pack";

constexpr char const* examples = R"(
A tar only grows while it is changed, and chunks that were replaced stay in a directory. This leaves out what the
document does not name any more. The file is replaced when the new one is complete; files that other programs
appended to a tar are not kept.

Examples:
  lindi pack results.lindi.tar
  lindi pack results.lindi.d
)";

/// Bytes of a file, or of all files in a folder.
std::uintmax_t size_of(std::string const& path)
{
    namespace fs = std::filesystem;
    std::error_code failed;
    if (!fs::is_directory(path, failed))
        return fs::file_size(path, failed);
    std::uintmax_t out = 0;
    for (fs::recursive_directory_iterator at(path, failed), end; !failed && at != end;
         at.increment(failed))
        if (at->is_regular_file(failed))
            out += at->file_size(failed);
    return out;
}

}  // namespace

int pack_command(arguments args, environment& env)
{
    std::string path;
    command_line app("Rewrites a LINDI file without what nothing in it needs.", command);
    app.value("FILE", path, "LINDI file").required().value_name("");
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    edit::store_options options;
    options.warn = [&](std::string const& text) {
        env.err << command << ": " << one_line(path + ": " + text) << '\n';
    };
    auto const before = size_of(path);
    auto const store =
        edit::reference_store::open(path, edit::open_mode::read_write, std::move(options));
    auto const done = store ? (*store)->pack() : result<void>(store.error());
    if (!done) {
        env.err << command << ": " << one_line(done.error().message()) << '\n';
        return exit_failed;
    }
    env.out << one_line(path) << ": " << before << " bytes, now " << size_of(path) << '\n';
    return exit_ok;
}

}  // namespace lindi::tools
