#include "document_output.hpp"
#include "environment.hpp"
#include "index_options.hpp"
#include "interrupt.hpp"
#include "open_file.hpp"
#include "printable.hpp"
#include "progress.hpp"

#include <lindi/lindi/index_file.hpp>
#include <lindi/net/public_text.hpp>

#include <utility>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi index";

constexpr char const* examples = R"(
Without -o the output is NAME.lindi.json in the working directory. It is complete or not there: an interrupted
run leaves an older file as it was. References lead to --url; without it, to FILE: its URL or absolute path.

Examples:
  lindi index recording.nwb
  lindi index recording.nwb --url https://example.org/recording.nwb -o recording.nwb.lindi.json
  lindi index https://example.org/recording.nwb
  lindi index recording.nwb -o recording.lindi.tar     # a tar that can be added to; .lindi.d: a directory
  lindi index recording.nwb -o - --num-chunks-threshold none | gzip > recording.json.gz
)";

/// What was written, for --stats.
figures figures_of(rfs::export_report const& report)
{
    return {
        {"groups", report.groups},
        {"datasets", report.datasets},
        {"inlined", report.inlined},
        {"linked", report.linked},
        {"references", report.references},
        {"problems", report.problems.size()},
        {"bytes_written", report.bytes},
    };
}

class indexing {
public:
    indexing(index_options const& o, environment& env) : options_(&o), env_(&env), progress_(env) {}

    int run()
    {
        log_.begin("open");
        auto const status = index();
        auto const& report = options_->report;
        return report_reads(command, report, log_, from_.get(), *env_, status, written_);
    }

private:
    int index()
    {
        auto exported = to_export_options(*options_);
        if (!exported)
            return fail(exported.error());
        auto source = to_source_options(command, {&options_->file, 1}, options_->remote, *env_);
        if (!source)
            return fail(source.error());
        source->reference = to_reference_url(options_->reference_url);
        auto const client = source->client;  // outlives the guard, as the file
        interrupt_guard guard;
        if (client)
            guard.watch(*client);
        auto* const log = options_->report.is_wanted() ? &log_ : nullptr;
        auto opened = open_file::open(options_->file, std::move(*source), {}, log);
        if (guard.received() != 0)
            return exit_signal + guard.received();
        if (!opened)
            return fail(opened.error());
        from_ = std::move(*opened);
        guard.watch(from_->reader());
        if (!from_->is_hdf5())
            return fail(
                error(errc::unsupported, error::nowhere, "file", "it is a LINDI file already")
                    .within(name())
            );
        auto output = document_output::open(output_of(*options_), options_->file, *env_);
        if (!output)
            return fail(output.error());
        output_ = std::move(*output);
        auto url = url_of(*options_, from_->reference());
        if (!url)
            return fail(url.error());
        exported->url = std::move(*url);
        warn_of_reference(exported->url);
        return write(std::move(*exported));
    }

    std::string name() const { return net::public_name(options_->file); }

    int fail(error const& why)
    {
        progress_.clear();
        env_->err << command << ": " << one_line(why.message()) << '\n';
        return exit_failed;
    }

    void warn_of_reference(std::string const& reference)
    {
        if (!options_->url.empty() || !open::is_url(options_->file))
            return;
        auto const why = reference_warning(options_->reference_url, options_->file, reference);
        if (!why.empty())
            env_->err << command << ": " << one_line(name() + ": " + why) << '\n';
    }

    result<void> put(std::string_view text)
    {
        // Objects that could not be read are left out of the first text on.
        if (!std::exchange(is_writing_, true)) {
            if (auto const complete = from_->check_complete(); !complete)
                return complete.error();
            log_.begin("write");
        }
        return output_->put(text);
    }

    int write(rfs::export_options exported)
    {
        log_.begin("read");
        auto report = from_->reader().run(rfs::index_file(
            from_->file(),
            std::move(exported),
            [this](std::string_view text) { return put(text); },
            [this](std::uint64_t objects) { progress_.show(objects, "objects"); }
        ));
        progress_.clear();
        if (auto const number = interrupt_guard::received(); number != 0)
            return exit_signal + number;
        if (auto const complete = from_->check_complete(); !complete)
            return fail(complete.error());
        if (!report)
            return env_->out ? fail(report.error().within(name())) : exit_ok;
        if (auto const done = output_->commit(); !done)
            return fail(done.error());
        for (auto const& problem : report->problems)
            env_->err << command << ": " << one_line(name() + ": " + problem) << '\n';
        written_ = figures_of(*report);
        return report->problems.empty() ? exit_ok : exit_problems;
    }

    index_options const* options_;
    environment* env_;
    progress_line progress_;
    std::optional<document_output> output_;
    read_log log_;
    std::unique_ptr<open_file> from_;
    bool is_writing_ = false;
    figures written_;
};

}  // namespace

int index_command(arguments args, environment& env)
{
    index_options options;
    command_line app("Writes the LINDI file of an HDF5 file.", command);
    add_index_options(app, options);
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    return indexing(options, env).run();
}

}  // namespace lindi::tools
