#include "bulk_source.hpp"

#include <lindi/dandi/local.hpp>

#include <fstream>
#include <iostream>

namespace lindi::tools {
namespace {

error bad_option(std::string why)
{
    return {errc::bad_value, error::nowhere, "options", std::move(why)};
}

result<dandi::asset_filter> filter_of(bulk_source_options const& o)
{
    dandi::asset_filter out;
    // What is in a list was chosen already.
    out.glob = !o.glob.empty() ? o.glob : o.list.empty() ? "*.nwb" : "*";
    out.modified_since = o.modified_since;
    if (!o.least_size.empty() && !(out.least_size = parse_size(o.least_size)))
        return bad_option("--min-size: a number of bytes is needed, as 500M or 2G");
    if (!o.most_size.empty() && !(out.most_size = parse_size(o.most_size)))
        return bad_option("--max-size: a number of bytes is needed, as 500M or 2G");
    return out;
}

result<bulk_source> list_source(std::string const& path, dandi::asset_filter filter)
{
    bulk_source out;
    if (path == "-") {
        out.assets = dandi::list_of(std::cin, "standard input", std::move(filter));
        return out;
    }
    out.lines = std::make_unique<std::ifstream>(path);
    if (!*out.lines)
        return error(errc::not_found, error::nowhere, "list").within(path);
    out.assets = dandi::list_of(*out.lines, path, std::move(filter));
    return out;
}

result<bulk_source> archive_source(
    bulk_source_options const& o,
    std::string const& instance,
    dandi::asset_filter filter,
    std::shared_ptr<net::client_thread> client
)
{
    auto from = dandi::instance_of(instance);
    if (!from)
        return from.error();
    if (!o.bucket.empty())
        from->bucket = o.bucket.ends_with('/') ? o.bucket.substr(0, o.bucket.size() - 1) : o.bucket;
    if (o.manifests && from->bucket.empty())
        return bad_option("--manifests: the bucket of this archive is not known: use --bucket");
    dandi::archive_query query;
    query.dandisets = o.dandisets;
    query.version = o.version;
    query.embargoed = o.embargoed;
    query.filter = std::move(filter);
    auto fetch = dandi::documents_of(std::move(client));
    bulk_source out;
    out.assets = o.manifests
                     ? dandi::manifests_of(std::move(*from), std::move(query), std::move(fetch))
                     : dandi::archive_of(std::move(*from), std::move(query), std::move(fetch));
    return out;
}

}  // namespace

void add_source_options(command_line& app, bulk_source_options& o)
{
    app.value("--dandiset", o.dandisets, "of this dandiset; may be given again").value_name("ID");
    app.flag("--all", o.all, "of all dandisets");
    app.value(
           "--version",
           o.version,
           "which version of each (default: the latest published "
           "one, else the draft)"
    )
        .value_name("latest|draft|all|X");
    app.flag("--manifests", o.manifests, "list by the manifests in the bucket, without the API");
    app.value("--bucket", o.bucket, "public URL of the archive's bucket, if it is not known")
        .value_name("URL");
    app.flag("--embargoed", o.embargoed, "with --all: also those that only their owners see");
    app.value(
           "--list",
           o.list,
           "URLs or paths, a line each, or objects with url, id, blob, ...; -: "
           "standard input"
    )
        .value_name("FILE");
    app.value("--tree", o.tree, "files below a folder").value_name("DIR");
    app.value("--tree-url", o.tree_url, "what stands for that folder in references")
        .value_name("URL");
    app.value(
           "--glob", o.glob, "only paths like this; * is any text (default: *.nwb, of a list all)"
    )
        .value_name("GLOB");
    app.value("--min-size", o.least_size, "only files of so many bytes").value_name("BYTES");
    app.value("--max-size", o.most_size, "only files of so few bytes").value_name("BYTES");
    app.value("--modified-since", o.modified_since, "only what changed since")
        .value_name("YYYY-MM-DD");
}

result<bulk_source> source_of(
    bulk_source_options const& o,
    std::string const& instance,
    std::shared_ptr<net::client_thread> client
)
{
    int const given = (o.all || !o.dandisets.empty() ? 1 : 0) + (o.list.empty() ? 0 : 1) +
                      (o.tree.empty() ? 0 : 1);
    if (given != 1 || (o.all && !o.dandisets.empty()))
        return bad_option("one of --dandiset, --all, --list and --tree is needed");
    auto filter = filter_of(o);
    if (!filter)
        return filter.error();
    if (!o.list.empty())
        return list_source(o.list, std::move(*filter));
    if (!o.tree.empty()) {
        bulk_source out;
        out.assets = dandi::files_below(o.tree, o.tree_url, std::move(*filter));
        return out;
    }
    return archive_source(o, instance, std::move(*filter), std::move(client));
}

}  // namespace lindi::tools
