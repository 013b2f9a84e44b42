#include "dandi_archive.hpp"

#include <algorithm>
#include <ctime>

namespace lindi::test {
namespace {

constexpr std::string_view superblock_version_99("\x89HDF\r\n\x1a\n\x63", 9);

std::string quoted(std::string const& text)
{
    return "\"" + text + "\"";
}

/// %XX and nothing else.
std::string unescaped(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '%' && i + 2 < text.size()) {
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            out += text[i];
        }
    return out;
}

std::vector<std::string> parts_of(std::string const& path)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; at < path.size();) {
        auto const end = std::min(path.find('/', at), path.size());
        if (end != at)
            out.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

behaviour page(std::string text, char const* type = "application/json", unsigned status = 200)
{
    behaviour out;
    out.text = served_text{std::move(text), type, status};
    return out;
}

behaviour failing(unsigned status)
{
    return {.fault = fault::status, .status = status};
}

std::string blob_path(std::string const& id)
{
    return "/blobs/" + id.substr(0, 3) + "/" + id.substr(3, 3) + "/" + id;
}

/// "20130524T000000Z", and back.
std::string amz_date(std::time_t time)
{
    std::tm parts{};
    char out[32] = {};
    ::gmtime_r(&time, &parts);
    std::strftime(out, sizeof out, "%Y%m%dT%H%M%SZ", &parts);
    return out;
}

std::time_t from_amz_date(std::string const& text)
{
    std::tm parts{};
    ::strptime(text.c_str(), "%Y%m%dT%H%M%SZ", &parts);
    return ::timegm(&parts);
}

}  // namespace

dandi_archive::dandi_archive(
    archive_options options,
    std::vector<archive_dandiset> dandisets,
    std::vector<archive_blob> blobs
)
    : options_(std::move(options)), dandisets_(std::move(dandisets)), random_(options_.seed),
      server_(serving(options_))
{
    std::lock_guard const lock(guard_);
    for (auto& one : blobs)
        blobs_.emplace(one.id, std::move(one));
    for (auto const& dandiset : dandisets_)
        for (auto const& version : dandiset.versions)
            for (auto const& asset : version.assets)
                if (auto const blob = blobs_.find(asset.blob); blob != blobs_.end()) {
                    by_asset_[asset.id] = &blob->second;
                    if (dandiset.embargoed)
                        embargoed_.insert(asset.blob);
                }
}

server_options dandi_archive::serving(archive_options const& options)
{
    server_options out;
    out.latency = options.latency;
    out.forgets = options.forgets;
    out.tls = options.tls;
    out.certificate = options.certificate;
    out.key = options.key;
    out.decide = [this](seen_request const& seen) { return decide(seen); };
    return out;
}

behaviour dandi_archive::decide(seen_request const& seen)
{
    std::lock_guard const lock(guard_);
    ++served_;
    if (options_.most_at_once != 0 && seen.being_served > options_.most_at_once) {
        ++throttled_;
        return {.fault = fault::retry_after, .status = 429};
    }
    auto out = answer(seen);
    auto const failed = fail(seen.range.empty());
    if (!failed)
        return out;
    // Only a body can be cut.
    if (failed->fault == fault::short_body && out.file && out.fault == fault::none)
        out.fault = fault::short_body;
    else if (failed->fault != fault::short_body)
        out = *failed;
    return out;
}

std::optional<behaviour> dandi_archive::fail(bool is_document)
{
    if (std::uniform_real_distribution<double>(0, 1)(random_) >= options_.failing)
        return std::nullopt;
    ++failures_;
    switch (random_() % 5) {
    case 0:
        return failing(500);
    case 1:
        return failing(502);
    case 2:
        return behaviour{.fault = fault::reset};
    case 3:
        return behaviour{.fault = is_document ? fault::web_page : fault::short_body};
    default:
        return failing(504);
    }
}

behaviour dandi_archive::answer(seen_request const& seen)
{
    request_parts asked;
    auto const mark = std::min(seen.target.find('?'), seen.target.size());
    asked.path = unescaped(seen.target.substr(0, mark));
    for (auto at = mark + 1; at < seen.target.size();) {
        auto const end = std::min(seen.target.find('&', at), seen.target.size());
        auto const item = seen.target.substr(at, end - at);
        auto const equals = std::min(item.find('='), item.size());
        asked.query[item.substr(0, equals)] =
            unescaped(item.substr(std::min(equals + 1, item.size())));
        at = end + 1;
    }
    return asked.path.starts_with("/api/") ? answer_api(seen, asked) : answer_bucket(seen, asked);
}

archive_dandiset const* dandi_archive::find_dandiset(std::string const& id) const
{
    auto const found = std::find_if(dandisets_.begin(), dandisets_.end(), [&](auto const& d) {
        return d.id == id;
    });
    return found == dandisets_.end() ? nullptr : &*found;
}

namespace {

/// From where to where a page goes.
struct page_bounds {
    std::size_t number = 1;
    std::size_t size = 100;
    std::size_t first() const { return (number - 1) * size; }
};

page_bounds bounds_of(std::map<std::string, std::string> const& query)
{
    constexpr std::size_t largest = 1000;
    page_bounds out;
    if (auto const number = query.find("page"); number != query.end())
        out.number = std::stoul(number->second);
    if (auto const size = query.find("page_size"); size != query.end())
        out.size = std::min(std::stoul(size->second), largest);
    return out;
}

/// As Django writes it; 404 behind the last page.
behaviour
list_page(std::vector<std::string> const& rows, page_bounds bounds, std::size_t count, bool lazy)
{
    if (bounds.number > 1 && bounds.first() >= rows.size())
        return page("{\"detail\":\"Invalid page.\"}", "application/json", 404);
    auto const end = std::min(bounds.first() + bounds.size, rows.size());
    std::string out = "{\"count\":";
    out += lazy && bounds.number > 1 ? "null" : std::to_string(count);
    out +=
        ",\"next\":" + std::string(end < rows.size() ? "\"http://example.org/?page=2\"" : "null");
    out += ",\"previous\":null,\"results\":[";
    for (auto i = bounds.first(); i < end; ++i)
        out += (i == bounds.first() ? "" : ",") + rows[i];
    return page(out + "]}");
}

std::string dandiset_row(archive_dandiset const& of)
{
    auto const& last = of.versions.back();
    auto const published = of.versions.size() < 2
                               ? std::string("null")
                               : "{\"version\":" + quoted(last.name) +
                                     ",\"asset_count\":" + std::to_string(last.assets.size()) + "}";
    return "{\"identifier\":" + quoted(of.id) + ",\"created\":\"2021-01-01T00:00:00Z\"," +
           "\"contact_person\":\"Doe, J\",\"embargo_status\":" +
           (of.embargoed ? "\"EMBARGOED\"" : "\"OPEN\"") +
           ",\"most_recent_published_version\":" + published +
           ",\"draft_version\":{\"version\":\"draft\",\"name\":\"a name\"}}";
}

}  // namespace

behaviour dandi_archive::answer_api(seen_request const& seen, request_parts const& asked)
{
    auto const parts = parts_of(asked.path);
    if (parts.size() == 4 && parts[1] == "assets" && parts[3] == "download")
        return answer_download(parts[2]);
    if (parts.size() < 2 || parts[1] != "dandisets")
        return failing(404);
    if (parts.size() == 2)
        return answer_dandisets(asked);
    auto const* const of = find_dandiset(parts[2]);
    if (of == nullptr)
        return failing(404);
    if (of->embargoed && seen.authorization != "token " + options_.token)
        return failing(401);
    if (parts.size() == 3)
        return page(dandiset_row(*of));
    if (parts.size() == 4) {
        std::vector<std::string> rows;
        for (auto const& version : of->versions)
            rows.push_back("{\"version\":" + quoted(version.name) + ",\"status\":\"Valid\"}");
        return list_page(rows, bounds_of(asked.query), rows.size(), false);
    }
    for (auto const& version : of->versions)
        if (parts.size() == 6 && version.name == parts[4] && parts[5] == "assets")
            return answer_assets(*of, version, asked);
    return failing(404);
}

behaviour dandi_archive::answer_dandisets(request_parts const& asked)
{
    auto const embargoed = asked.query.find("embargoed");
    bool const all = embargoed != asked.query.end() && embargoed->second == "true";
    std::vector<std::string> rows;
    for (auto const& one : dandisets_)
        if (all || !one.embargoed)
            rows.push_back(dandiset_row(one));
    return list_page(rows, bounds_of(asked.query), rows.size(), false);
}

behaviour dandi_archive::answer_assets(
    archive_dandiset const& of, archive_version const& version, request_parts const& asked
)
{
    auto const glob = asked.query.find("glob");
    bool const only_nwb = glob != asked.query.end() && glob->second == "*.nwb";
    std::vector<std::string> rows;
    for (auto const& asset : version.assets) {
        if (only_nwb && !asset.path.ends_with(".nwb"))
            continue;
        auto const blob = blobs_.find(asset.blob);
        auto const size = blob == blobs_.end() ? 0 : blob->second.content.size();
        rows.push_back(
            "{\"asset_id\":" + quoted(asset.id) +
            ",\"blob\":" + (asset.blob.empty() ? "null" : quoted(asset.blob)) +
            ",\"zarr\":" + (asset.blob.empty() ? quoted(asset.id) : "null") +
            ",\"path\":" + quoted(asset.path) + ",\"size\":" + std::to_string(size) +
            ",\"created\":\"2021-01-01T00:00:00Z\",\"modified\":\"2021-02-03T04:05:06Z\"}"
        );
    }
    auto const bounds = bounds_of(asked.query);
    auto const count = rows.size();
    // A row of the first page was taken away, and another one put in, between the two requests.
    if (options_.moves_pages && bounds.number == 2 && listings_[of.id + version.name]++ == 0)
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(bounds.first()));
    return list_page(rows, bounds, count, true);
}

behaviour dandi_archive::answer_download(std::string const& asset)
{
    auto const blob = by_asset_.find(asset);
    if (blob == by_asset_.end())
        return failing(404);
    behaviour out;
    out.status = 302;
    out.location = bucket() + blob_path(blob->second->id) +
                   "?X-Amz-Date=" + amz_date(std::time(nullptr)) +
                   "&X-Amz-Expires=" + std::to_string(options_.presigned_seconds) +
                   "&X-Amz-Signature=" + std::to_string(++signed_[blob->second->id]);
    return out;
}

bool dandi_archive::has_expired(std::string const& blob, request_parts const& asked)
{
    auto const made = from_amz_date(asked.query.at("X-Amz-Date"));
    bool const is_first = asked.query.at("X-Amz-Signature") == "1";
    bool const is_used_up = options_.first_signature_serves != 0 && is_first &&
                            ++served_first_[blob] > options_.first_signature_serves;
    bool const is_over = is_used_up || made + options_.presigned_seconds < std::time(nullptr);
    expired_ += is_over ? 1 : 0;
    return is_over;
}

behaviour dandi_archive::answer_bucket(seen_request const& seen, request_parts const& asked)
{
    auto const parts = parts_of(asked.path);
    if (parts.empty())
        return answer_listing(asked);
    if (parts[0] == "dandisets" && parts.size() == 4 && parts[3] == "assets.jsonld") {
        auto const* const of = find_dandiset(parts[1]);
        return of == nullptr ? failing(404) : answer_manifest(*of, parts[2]);
    }
    if (parts[0] != "blobs" || parts.size() != 4)
        return failing(404);
    auto const blob = blobs_.find(parts[3]);
    if (blob == blobs_.end())
        return failing(404);
    bool const is_signed = asked.query.contains("X-Amz-Signature");
    if (is_signed) {
        bool const is_over = has_expired(parts[3], asked);
        // Signed for GET only; and S3 takes no second authentication.
        if (is_over || seen.method == "HEAD" || !seen.authorization.empty())
            return failing(403);
    } else if (embargoed_.contains(parts[3])) {
        return failing(403);
    }
    return answer_blob(blob->second);
}

behaviour dandi_archive::answer_blob(archive_blob const& blob)
{
    behaviour out;
    served_file file{blob.content, "\"" + blob.id + "\"", blob.patched_at, blob.patch};
    switch (blob.defect) {
    case blob_defect::empty:
        file.content = {};
        break;
    case blob_defect::text:
        out.text.reset();
        file.patch = std::string(4096, 'x');
        file.patched_at = 0;
        break;
    case blob_defect::half:
        file.content = blob.content.first(blob.content.size() / 2);
        break;
    case blob_defect::missing:
        return failing(404);
    case blob_defect::forbidden:
        return failing(403);
    case blob_defect::bad_request:
        return failing(400);
    case blob_defect::server_error:
        return failing(500);
    case blob_defect::reset:
        return {.fault = fault::reset};
    case blob_defect::superblock:
        file.patch = superblock_version_99;
        file.patched_at = 0;
        break;
    case blob_defect::root:
        // Behind the superblock of version 0 is the root's header.
        file.patch = std::string(64, '\xee');
        file.patched_at = 96;
        break;
    default:
        break;
    }
    out.file = std::move(file);
    return out;
}

behaviour dandi_archive::answer_listing(request_parts const& asked)
{
    auto const found = asked.query.find("prefix");
    auto const prefix = found == asked.query.end() ? std::string() : found->second;
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Prefix>" +
                      prefix + "</Prefix><IsTruncated>false</IsTruncated>";
    for (auto const& one : dandisets_) {
        auto const folder = "dandisets/" + one.id + "/";
        if (prefix == "dandisets/")
            out += "<CommonPrefixes><Prefix>" + folder + "</Prefix></CommonPrefixes>";
        if (prefix == folder)
            for (auto const& version : one.versions)
                out += "<CommonPrefixes><Prefix>" + folder + version.name +
                       "/</Prefix></CommonPrefixes>";
    }
    return page(out + "</ListBucketResult>", "application/xml");
}

behaviour dandi_archive::answer_manifest(archive_dandiset const& of, std::string const& version)
{
    if (of.embargoed)
        return failing(403);
    for (auto const& one : of.versions) {
        if (one.name != version)
            continue;
        std::string out = "[";
        for (auto const& asset : one.assets) {
            auto const blob = blobs_.find(asset.blob);
            auto const size = blob == blobs_.end() ? 0 : blob->second.content.size();
            auto const download = api() + "/assets/" + asset.id + "/download/";
            auto const second = asset.blob.empty() ? bucket() + "/zarr/" + asset.id + "/"
                                                   : bucket() + blob_path(asset.blob);
            out += std::string(out.size() > 1 ? "," : "") +
                   "{\"id\":" + quoted("dandiasset:" + asset.id) +
                   ",\"identifier\":" + quoted(asset.id) + ",\"path\":" + quoted(asset.path) +
                   ",\"access\":[{\"status\":\"dandi:OpenAccess\"}],\"contentUrl\":[" +
                   quoted(download) + "," + quoted(second) +
                   "],\"contentSize\":" + std::to_string(size) +
                   ",\"digest\":{\"dandi:dandi-etag\":\"0123-1\"},\"schemaKey\":\"Asset\"," +
                   "\"dateModified\":\"2021-02-03T04:05:06Z\"}";
        }
        return page(out + "]", "binary/octet-stream");
    }
    return failing(404);
}

void dandi_archive::rename(std::string const& from, std::string const& id)
{
    std::lock_guard const lock(guard_);
    for (auto& dandiset : dandisets_)
        for (auto& version : dandiset.versions)
            for (auto& asset : version.assets)
                if (asset.id == from)
                    asset.id = id;
    by_asset_[id] = by_asset_[from];
    by_asset_.erase(from);
}

}  // namespace lindi::test
