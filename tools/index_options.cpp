#include "index_options.hpp"

#include <lindi/core/utf8.hpp>

#include <boost/json/parse.hpp>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace lindi::tools {
namespace {

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

}  // namespace

void add_index_options(command_line& app, index_options& o)
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
}

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

std::string output_of(index_options const& o)
{
    if (!o.output.empty())
        return o.output;
    // Of a URL, what stands before its query.
    auto const path = open::is_url(o.file) ? o.file.substr(0, o.file.find_first_of("?#")) : o.file;
    auto const name = std::filesystem::path(path).filename().string();
    return (name.empty() ? "index" : name) + ".lindi.json";
}

}  // namespace lindi::tools
