#include "members.hpp"

#include <lindi/dandi/pages.hpp>
#include <lindi/net/dandi_url.hpp>

#include <algorithm>

namespace lindi::dandi {
namespace {

/// Fails unless it can be part of a path as it is.
void check_name(json_reader& in, std::string const& name, char const* what)
{
    if (in.ok() && !is_plain_name(name))
        in.fail(errc::bad_value, std::string(what) + " is no plain name");
}

/// A page of `results`; `row` takes one of them.
template <class Page, class Row>
result<Page> read_page(std::string_view json, char const* structure, Row row)
{
    json_reader in(json, structure);
    Page out;
    bool has_results = false;
    read_object(in, [&](std::string_view key) {
        if (key == "next") {
            out.next = text_or_none(in);
        } else if (key == "results") {
            has_results = true;
            for (in.begin_list(); in.next();)
                row(in, out);
        } else if constexpr (requires { out.count; }) {
            if (key == "count")
                out.count = count_or_none(in);
            else
                skip(in);
        } else {
            skip(in);
        }
    });
    in.expect_end();
    if (in.ok() && !has_results)
        in.fail(errc::bad_value, "no results");
    return in.finish(std::move(out));
}

std::string version_of(json_reader& in)
{
    if (in.kind() != json_kind::object) {
        skip(in);
        return {};
    }
    std::string out;
    read_object(in, [&](std::string_view key) {
        if (key == "version")
            out = text_or_none(in);
        else
            skip(in);
    });
    return out;
}

dandiset_row read_dandiset(json_reader& in)
{
    dandiset_row out;
    read_object(in, [&](std::string_view key) {
        if (key == "identifier")
            out.id = text_or_none(in);
        else if (key == "embargo_status")
            out.embargoed = text_or_none(in) != "OPEN";
        else if (key == "most_recent_published_version")
            out.published = version_of(in);
        else
            skip(in);
    });
    check_name(in, out.id, "the identifier");
    if (!out.published.empty())
        check_name(in, out.published, "the version");
    return out;
}

/// Of several digests the one that says most.
std::string read_digests(json_reader& in)
{
    if (in.kind() != json_kind::object) {
        skip(in);
        return {};
    }
    std::string etag;
    std::string sha256;
    read_object(in, [&](std::string_view key) {
        if (key == "dandi:dandi-etag")
            etag = text_or_none(in);
        else if (key == "dandi:sha2-256")
            sha256 = text_or_none(in);
        else
            skip(in);
    });
    if (!etag.empty())
        return "dandi:dandi-etag:" + etag;
    return sha256.empty() ? std::string() : "dandi:sha2-256:" + sha256;
}

bool read_embargo(json_reader& in)
{
    bool out = false;
    if (in.kind() != json_kind::list) {
        skip(in);
        return out;
    }
    for (in.begin_list(); in.next();) {
        if (in.kind() != json_kind::object) {
            skip(in);
            continue;
        }
        read_object(in, [&](std::string_view key) {
            if (key == "status")
                out = text_or_none(in) == "dandi:EmbargoedAccess" || out;
            else
                skip(in);
        });
    }
    return out;
}

/// The blob among an asset's content URLs. They are not followed: whoever wrote a manifest does not
/// say where we read.
void read_content_urls(json_reader& in, asset& out)
{
    if (in.kind() != json_kind::list)
        return skip(in);
    for (in.begin_list(); in.next();) {
        auto const parsed = net::parse_url(text_or_none(in));
        if (auto const blob = parsed ? net::dandi_blob_id(*parsed) : std::nullopt)
            out.blob = *blob;
    }
}

void read_metadata(json_reader& in, asset& out)
{
    if (in.kind() != json_kind::object)
        return skip(in);
    read_object(in, [&](std::string_view key) {
        if (key == "identifier")
            out.id = text_or_none(in);
        else if (key == "path")
            out.path = text_or_none(in);
        else if (key == "contentSize")
            out.size = count_or_none(in);
        else if (key == "contentUrl")
            read_content_urls(in, out);
        else if (key == "digest")
            out.digest = read_digests(in);
        else if (key == "dateModified")
            out.modified = text_or_none(in);
        else if (key == "access")
            out.embargoed = read_embargo(in);
        else
            skip(in);
    });
}

void read_asset_row(json_reader& in, asset_page& into)
{
    asset out;
    asset described;
    std::string zarr;
    read_object(in, [&](std::string_view key) {
        if (key == "asset_id")
            out.id = text_or_none(in);
        else if (key == "blob")
            out.blob = text_or_none(in);
        else if (key == "zarr")
            zarr = text_or_none(in);
        else if (key == "path")
            out.path = text_or_none(in);
        else if (key == "size")
            out.size = count_or_none(in);
        else if (key == "modified")
            out.modified = text_or_none(in);
        else if (key == "metadata")
            read_metadata(in, described);
        else
            skip(in);
    });
    ++into.row_count;
    if (!zarr.empty())
        return;
    check_name(in, out.id, "the asset's id");
    if (!out.blob.empty())
        check_name(in, out.blob, "the blob's id");
    out.digest = std::move(described.digest);
    out.embargoed = described.embargoed;
    into.rows.push_back(std::move(out));
}

}  // namespace

bool is_plain_name(std::string_view text) noexcept
{
    constexpr std::size_t longest = 100;
    bool const is_plain = std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == '_';
    });
    return is_plain && !text.empty() && text.size() <= longest && text[0] != '.';
}

result<dandiset_page> decode_dandiset_page(std::string_view json)
{
    auto const row = [](json_reader& in, dandiset_page& out) {
        out.rows.push_back(read_dandiset(in));
    };
    return read_page<dandiset_page>(json, "page of dandisets", row);
}

result<dandiset_row> decode_dandiset(std::string_view json)
{
    json_reader in(json, "dandiset");
    auto out = read_dandiset(in);
    in.expect_end();
    return in.finish(std::move(out));
}

result<version_page> decode_version_page(std::string_view json)
{
    auto const row = [](json_reader& in, version_page& out) {
        out.versions.push_back(version_of(in));
        check_name(in, out.versions.back(), "the version");
    };
    return read_page<version_page>(json, "page of versions", row);
}

result<asset_page> decode_asset_page(std::string_view json)
{
    return read_page<asset_page>(json, "page of assets", read_asset_row);
}

result<std::vector<asset>> decode_manifest(std::string_view json)
{
    json_reader in(json, "assets.jsonld");
    std::vector<asset> out;
    for (in.begin_list(); in.next();) {
        asset one;
        read_metadata(in, one);
        check_name(in, one.id, "the asset's id");
        // A Zarr asset has no blob.
        if (!one.blob.empty())
            out.push_back(std::move(one));
    }
    in.expect_end();
    return in.finish(std::move(out));
}

}  // namespace lindi::dandi
