#include "command_line.hpp"
#include "document_output.hpp"
#include "environment.hpp"
#include "interrupt.hpp"
#include "open_file.hpp"
#include "printable.hpp"
#include "progress.hpp"
#include "read_report.hpp"
#include "remote_options.hpp"

#include <lindi/edit/copy_contents.hpp>
#include <lindi/lindi/index_file.hpp>
#include <lindi/net/public_text.hpp>

#include <filesystem>
#include <utility>

#include <fnmatch.h>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi convert";

constexpr char const* examples = R"(
The end of DST says what it becomes: .lindi.tar, .lindi.d (a directory), anything else JSON. What is stored in
SRC itself moves along; what SRC references elsewhere stays there, unless --materialize copies it in. DST is
complete or not there: an interrupted run leaves an older file as it was.

PATTERN is compared with the paths of datasets; * stands for anything, slashes among it.

Examples:
  lindi convert recording.lindi.json recording.lindi.tar
  lindi convert results.lindi.tar results.lindi.json             # blobs become base 64
  lindi convert recording.nwb recording.lindi.tar
  lindi convert https://example.org/x.nwb x.lindi.tar --materialize     # needs nothing else any more
  lindi convert x.lindi.json small.lindi.tar --materialize='/units/*'
  lindi convert --dry-run x.lindi.json x.lindi.tar --materialize
)";

struct convert_options {
    std::string source;
    std::string target;
    std::string pattern;  ///< of --materialize; empty: nothing is copied in
    bool dry_run = false;
    remote_options remote{};
    report_options report{};
};

/// "/group/dataset" of "group/dataset/0.1".
std::string path_of_key(std::string_view key)
{
    auto const slash = key.rfind('/');
    return "/" + std::string(key.substr(0, slash == key.npos ? 0 : slash));
}

bool matches(std::string const& pattern, std::string const& path)
{
    return ::fnmatch(pattern.c_str(), path.c_str(), 0) == 0;
}

/// A relative path of a document, for one that lies in another folder.
std::string moved_name(std::string const& url, std::string const& source, std::string const& target)
{
    namespace fs = std::filesystem;
    if (open::is_url(url) || url.starts_with('/') || url.empty())
        return url;
    if (open::is_url(source)) {
        auto const path = source.substr(0, source.find_first_of("?#"));
        auto const name = url.starts_with("./") ? url.substr(2) : url;
        return path.substr(0, path.rfind('/') + 1) + name;
    }
    std::error_code failed;
    auto const from = fs::absolute(source, failed).parent_path();
    auto const to = fs::absolute(target, failed).parent_path();
    if (failed || from == to || !fs::exists(from / url, failed))
        return url;
    return (from / url).lexically_normal().string();
}

class converting {
public:
    converting(convert_options const& o, environment& env) : o_(&o), env_(&env), progress_(env) {}

    int run()
    {
        log_.begin("open");
        auto const status = convert();
        return report_reads(command, o_->report, log_, from_.get(), *env_, status, written_);
    }

private:
    int convert()
    {
        if (is_same_file(o_->source, o_->target))
            return fail(error(errc::bad_value, error::nowhere, "DST", "it is SRC: see lindi pack"));
        auto source = to_source_options(command, {&o_->source, 1}, o_->remote, *env_);
        if (!source)
            return fail(source.error());
        auto const client = source->client;  // outlives the guard, as the file
        interrupt_guard guard;
        if (client)
            guard.watch(*client);
        auto const done = read_and_write(std::move(*source), guard);
        progress_.clear();
        if (auto const number = interrupt_guard::received(); number != 0)
            return exit_signal + number;
        if (!done)
            return fail(done.error());
        for (auto const& problem : problems_)
            env_->err << command << ": " << one_line(name() + ": " + problem) << '\n';
        return problems_.empty() ? exit_ok : exit_problems;
    }

    result<void> read_and_write(open::source_options source, interrupt_guard& guard)
    {
        auto* const log = o_->report.is_wanted() ? &log_ : nullptr;
        auto opened = open_file::open(o_->source, source, {}, log);
        if (!opened)
            return opened.error();
        from_ = std::move(*opened);
        guard.watch(from_->reader());
        if (!from_->is_hdf5())
            return write(from_->reader(), *from_->document(), own_files());
        auto document = index();
        if (!document)
            return document.error().within(name());
        // The references lead to the file that is open; it may have moved since it was named.
        open::tree_options options{.source = std::move(source)};
        options.rewrite = [this](std::string const&) { return std::optional(o_->source); };
        rfs::document_state state{o_->target, std::move(*document)};
        auto const tree = open::tree::of_document(std::move(state), std::move(options));
        guard.watch(tree->reader());
        auto const done = write(tree->reader(), *tree->document(), {});
        guard.watch(from_->reader());
        return done;
    }

    /// The document of an HDF5 file.
    result<std::shared_ptr<rfs::reference_document const>> index()
    {
        rfs::export_options options;
        bool const remote = open::is_url(o_->source);
        options.url = remote ? from_->reference()
                             : std::filesystem::absolute(o_->source).lexically_normal().string();
        if (!o_->pattern.empty())
            options.num_chunks_threshold.reset();  // a link could not be copied in
        auto const text = std::make_shared<std::string>();
        log_.begin("read");
        auto const report = from_->reader().run(rfs::index_file(
            from_->file(),
            std::move(options),
            [&](std::string_view piece) -> result<void> {
                text->append(piece);
                return {};
            },
            [this](std::uint64_t objects) { progress_.show(objects, "objects"); }
        ));
        if (auto const complete = from_->check_complete(); !complete)
            return complete.error();
        if (!report)
            return report.error();
        problems_ = report->problems;
        auto document = rfs::reference_document::parse(to_block(text), from_->reader().budget());
        if (!document)
            return document.error();
        return std::make_shared<rfs::reference_document const>(std::move(*document));
    }

    /// What "./name" is in the source.
    edit::copy_options own_files() const
    {
        edit::copy_options out;
        auto const kind = from_->kind();
        out.has_own_files =
            kind == open::tree_kind::lindi_tar || kind == open::tree_kind::lindi_directory;
        if (kind == open::tree_kind::lindi_tar && open::is_url(o_->source))
            out.own_url = from_->reference();
        out.rename = [this](std::string const& url) {
            return moved_name(url, o_->source, o_->target);
        };
        return out;
    }

    result<void> write(io::reader& reader, rfs::tree_input const& in, edit::copy_options options)
    {
        log_.begin("write");
        if (!o_->pattern.empty())
            options.copies_in = [this](std::string_view key, std::string_view) {
                return matches(o_->pattern, path_of_key(key));
            };
        options.on_progress = [this](std::uint64_t bytes) {
            progress_.show(bytes >> 20, "MiB copied");
        };
        tell_links(in);
        if (o_->dry_run)
            return count(reader, in, std::move(options));
        edit::store_options begin;
        begin.begin_with = {in.document, {as_bytes(in.document->text()), 0}};
        auto store =
            edit::reference_store::open(o_->target, edit::open_mode::create, std::move(begin));
        if (!store)
            return store.error();
        auto const copied = edit::copy_contents(reader, in, **store, std::move(options));
        if (!copied)
            return copied.error();
        written_ = {{"contents_copied", copied->contents}, {"bytes_copied", copied->bytes}};
        if (auto const number = interrupt_guard::received(); number != 0)
            return error(errc::cancelled, error::nowhere, "output");
        return (*store)->flush();
    }

    result<void> count(io::reader& reader, rfs::tree_input const& in, edit::copy_options options)
    {
        auto const form = edit::container_of_name(o_->target);
        auto const found = edit::count_contents(reader, in, form, std::move(options));
        if (!found)
            return found.error().within(name());
        env_->out << "would copy " << found->contents << " chunks, " << found->bytes
                  << " bytes, into " << one_line(o_->target) << '\n';
        return {};
    }

    /// Datasets that are links to another file stay that.
    void tell_links(rfs::tree_input const& in)
    {
        for (std::size_t i = 0; !o_->pattern.empty() && i < in.document->size(); ++i) {
            auto const key = unescape_json(in.document->raw_key(i));
            if (!key || !key->ends_with("/.zattrs") || !matches(o_->pattern, path_of_key(*key)))
                continue;
            if (in.document->raw_value(i).find("_EXTERNAL_ARRAY_LINK") != std::string_view::npos)
                problems_.push_back(path_of_key(*key) + ": a link to another file was not copied");
        }
    }

    std::string name() const { return net::public_name(o_->source); }

    int fail(error const& why)
    {
        progress_.clear();
        env_->err << command << ": " << one_line(why.message()) << '\n';
        return exit_failed;
    }

    convert_options const* o_;
    environment* env_;
    progress_line progress_;
    read_log log_;
    std::unique_ptr<open_file> from_;
    std::vector<std::string> problems_;
    figures written_;
};

}  // namespace

int convert_command(arguments args, environment& env)
{
    convert_options o;
    command_line app("Makes a LINDI file out of another one, or of an HDF5 file.", command);
    app.value("SRC", o.source, "LINDI or HDF5 file: path, or URL (http, https, s3)")
        .required()
        .value_name("");
    app.value("DST", o.target, "LINDI file to be written").required().value_name("");
    app.flag(
        "--materialize{*}",
        o.pattern,
        "copy referenced data in; with =PATTERN, of the datasets whose paths it matches"
    );
    app.flag("-n,--dry-run", o.dry_run, "say what would be copied, and write nothing");
    add_remote_options(app, o.remote);
    add_report_options(app, o.report);
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    return converting(o, env).run();
}

}  // namespace lindi::tools
