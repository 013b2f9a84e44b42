#include "command_line.hpp"
#include "document_output.hpp"
#include "environment.hpp"
#include "interrupt.hpp"
#include "open_file.hpp"
#include "printable.hpp"
#include "progress.hpp"
#include "read_report.hpp"
#include "reference_option.hpp"
#include "remote_options.hpp"

#include <lindi/lindi/index_file.hpp>
#include <lindi/net/public_text.hpp>

#include <boost/json/parse.hpp>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
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

/// "none" or a number that fits 64 bits.
std::optional<std::uint64_t> to_count(std::string const& text)
{
    std::uint64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end && !text.empty() ? std::optional(number)
                                                                      : std::nullopt;
}

std::string check_count_or_none(std::string const& text)
{
    return text == "none" || to_count(text) ? "" : "a number or none is needed, not " + text;
}

struct index_options {
    std::string file;
    std::string url;
    std::string output;
    std::string num_chunks_threshold = "1000";
    std::string max_contiguous_chunk = "20000000";
    std::uint64_t inline_below = 1000;
    std::string metadata_as = "object";
    std::string generation_metadata;
    bool strict = false;
    std::string reference_url = "as-given";
    remote_options remote{};
    report_options report{};
};

void add_options(command_line& app, index_options& o)
{
    app.value("FILE", o.file, "HDF5 file: path, or URL (http, https, s3)")
        .required()
        .value_name("");
    app.value(
        "--url", o.url, "what references lead to (default: the URL, or the absolute path of FILE)"
    );
    app.value(
        "-o,--output",
        o.output,
        "LINDI file: .lindi.tar, .lindi.d or JSON; - is standard output (default: NAME.lindi.json)"
    );
    app.value(
           "--num-chunks-threshold",
           o.num_chunks_threshold,
           "datasets with more chunks become a link to the HDF5 file (default: 1000)"
    )
        .checked(check_count_or_none)
        .value_name("N|none");
    app.value(
           "--max-contiguous-chunk",
           o.max_contiguous_chunk,
           "unchunked data of more bytes are cut into pieces (default: 20000000)"
    )
        .checked(check_count_or_none)
        .value_name("N|none");
    app.value(
           "--inline-below",
           o.inline_below,
           "numeric datasets of fewer elements go into the file (default: 1000)"
    )
        .value_name("N");
    app.value(
           "--metadata-as", o.metadata_as, "form of .zattrs, .zgroup and .zarray (default: object)"
    )
        .one_of({"object", "string"})
        .value_name("object|string");
    app.value(
           "--generation-metadata",
           o.generation_metadata,
           "file with a JSON object for generationMetadata"
    )
        .value_name("FILE");
    app.flag("--strict", o.strict, "stop at the first problem, without output");
    add_reference_option(app, o.reference_url);
    add_remote_options(app, o.remote);
    add_report_options(app, o.report);
    app.footer(examples);
}

/// The JSON object in a file.
result<boost::json::object> read_json_object(std::string const& path)
{
    constexpr std::uintmax_t max_size = 64 << 20;
    std::error_code none;
    if (std::filesystem::file_size(path, none) > max_size && !none)
        return error(errc::too_large, error::nowhere, "generation metadata", "more than 64 MiB")
            .within(path);
    std::ifstream file(path, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad())
        return error(errc::io, error::nowhere, "generation metadata").within(path);
    boost::system::error_code wrong;
    auto parsed = boost::json::parse(text, wrong);
    if (wrong || !parsed.is_object())
        return error(errc::bad_value, error::nowhere, "generation metadata", "not a JSON object")
            .within(path);
    return std::move(parsed.as_object());
}

/// What the references lead to. \param reference  what the source says that it is
result<std::string> url_of(index_options const& o, std::string const& reference)
{
    auto out = o.url;
    if (out.empty())
        out = open::is_url(o.file) ? reference
                                   : std::filesystem::absolute(o.file).lexically_normal().string();
    if (!is_utf8(out))
        return error(errc::bad_value, error::nowhere, "url", "not UTF-8: use --url").within(o.file);
    return out;
}

/// Everything but the URL.
result<rfs::export_options> to_export_options(index_options const& o)
{
    rfs::export_options out;
    out.num_chunks_threshold = to_count(o.num_chunks_threshold);
    out.max_contiguous_chunk = to_count(o.max_contiguous_chunk);
    out.inline_below = o.inline_below;
    out.metadata_as =
        o.metadata_as == "string" ? rfs::metadata_form::string : rfs::metadata_form::object;
    out.strict = o.strict;
    if (!o.generation_metadata.empty()) {
        auto metadata = read_json_object(o.generation_metadata);
        if (!metadata)
            return metadata.error();
        out.generation_metadata = std::move(*metadata);
    }
    return out;
}

std::string default_output(std::string const& file)
{
    // Of a URL, what stands before its query.
    auto const path = open::is_url(file) ? file.substr(0, file.find_first_of("?#")) : file;
    auto const name = std::filesystem::path(path).filename().string();
    return (name.empty() ? "index" : name) + ".lindi.json";
}

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
        auto const path =
            options_->output.empty() ? default_output(options_->file) : options_->output;
        auto output = document_output::open(path, options_->file, *env_);
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
    add_options(app, options);
    if (auto const stop = app.read(args, env))
        return *stop;
    return indexing(options, env).run();
}

}  // namespace lindi::tools
