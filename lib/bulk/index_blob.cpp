#include "index_blob.hpp"

#include "neurodata_types.hpp"

#include <lindi/codec/codec.hpp>
#include <lindi/io/page_source.hpp>
#include <lindi/io/reader.hpp>
#include <lindi/lindi/index_file.hpp>
#include <lindi/open/open_source.hpp>

#include <array>

namespace lindi::bulk {
namespace {

result<std::unique_ptr<io::source>>
open_blob(std::string const& url, net::client_thread* through, indexing_options const& how)
{
    if (!open::is_url(url)) {
        open::source_options options;
        options.local_pages.capacity = how.pages;
        auto opened = open::open_source(url, std::move(options));
        if (!opened)
            return opened.error();
        return std::move(opened->source);
    }
    net::http_options http;
    http.requests = how.requests;
    auto const until = std::chrono::steady_clock::now() + how.time;
    auto opened = through->open(url, http, net::reference_url::as_given, until);
    if (!opened)
        return opened.error();
    auto pages = open::remote_pages();
    pages.capacity = how.pages;
    return std::make_unique<io::page_source>(std::move(opened->source), pages);
}

limits limits_of(indexing_options const& how)
{
    limits out;
    out.time = how.time;
    out.bytes_read = how.bytes;
    out.memory = how.memory;
    return out;
}

/// Of a whole file whose parts were refused for want of it: its index would have holes that the
/// file has not.
std::optional<error> limit_that_ran_out(std::vector<std::string> const& problems, limits const& max)
{
    std::array const words = {
        "limit on memory, " + std::to_string(max.memory),
        std::string("limit on memory"),  // one read, or one collection, is larger than all of it
        "limit on bytes read, " + std::to_string(max.bytes_read),
        "limit on time, " + std::to_string(max.time.count()) + " ms",
    };
    for (auto const& problem : problems)
        for (auto const& limit : words)
            if (problem.ends_with(limit + ")"))
                return error(errc::too_large, error::nowhere, "file", limit);
    return std::nullopt;
}

/// Why the index of a file that was read must not be kept.
std::optional<error> objection(node::file const& file, io::reader const& reader, bool is_remote)
{
    // What a server did not send is no damage of the file.
    if (is_remote && reader.lost())
        return reader.lost();
    auto const& info = file.contents.file;
    bool const ends_early = info.superblock.end_of_file != hdf5::undefined_address &&
                            info.superblock.end_of_file > info.size && !info.driver;
    if (ends_early)
        return error(
            errc::truncated,
            info.size,
            "file",
            "it should have " + std::to_string(info.superblock.end_of_file) + " bytes"
        );
    return std::nullopt;
}

}  // namespace

std::string reference_of(dandi::asset const& one, reference_form form)
{
    if (form == reference_form::api && !one.download.empty())
        return one.download;
    return one.reference.empty() ? one.url : one.reference;
}

result<indexed_blob> index_blob(
    dandi::asset const& of,
    net::client_thread* through,
    indexing_options const& how,
    std::string const& reference,
    spool_file& into
)
{
    auto source = open_blob(of.url, through, how);
    if (!source)
        return source.error();
    lindi::budget budget{limits_of(how)};
    io::reader reader(**source, budget);
    auto const codecs = codec::built_in_filters();
    node::file file(reader, codecs);
    auto options = how.exported;
    options.url = reference;
    // The tail is written anew for each asset.
    options.generation_metadata.reset();
    auto const sink = [&into](std::string_view text) { return into.write(text); };
    auto report = reader.run(rfs::index_file(file, std::move(options), sink));
    if (auto why = objection(file, reader, open::is_url(of.url)); why && (report || reader.lost()))
        return *why;
    if (!report)
        return report.error();
    if (auto why = limit_that_ran_out(report->problems, budget.max()))
        return *why;
    indexed_blob out;
    out.head_bytes = report->before_metadata;
    out.content.objects = file.contents.objects.size();
    out.content.types = count_neurodata_types(file.contents);
    out.content.problems = std::move(report->problems);
    out.bytes = reader.stats().source.bytes_fetched;
    out.requests = reader.stats().source.requests;
    return out;
}

}  // namespace lindi::bulk
