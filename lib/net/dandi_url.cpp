#include "text.hpp"

#include <lindi/net/dandi_url.hpp>

#include <algorithm>
#include <array>

namespace lindi::net {
namespace {

constexpr std::array<std::string_view, 7> api_hosts = {
    "api.dandiarchive.org",
    "api.sandbox.dandiarchive.org",
    "api-staging.dandiarchive.org",
    "api.lincbrain.org",
    "staging-api.lincbrain.org",
    "api-dandi.emberarchive.org",
    "api-dandi-sandbox.emberarchive.org",
};

bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/// 8-4-4-4-12 hex digits.
bool is_uuid(std::string_view text)
{
    constexpr std::size_t size = 36;
    if (text.size() != size)
        return false;
    for (std::size_t i = 0; i < size; ++i) {
        bool const dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex(text[i]))
            return false;
    }
    return true;
}

/// Takes the next part of a path, without its slashes.
std::string_view next_part(std::string_view& path)
{
    while (path.starts_with('/'))
        path.remove_prefix(1);
    auto const end = std::min(path.find('/'), path.size());
    auto const part = path.substr(0, end);
    path.remove_prefix(end);
    return part;
}

bool skip(std::string_view& path, std::string_view expected)
{
    return next_part(path) == expected;
}

}  // namespace

bool is_dandi_api(std::string_view host) noexcept
{
    return std::find(api_hosts.begin(), api_hosts.end(), host) != api_hosts.end();
}

std::optional<dandi_asset> parse_dandi_asset(url const& of)
{
    if (!is_dandi_api(of.host))
        return std::nullopt;
    auto path = of.path();
    if (!skip(path, "api"))
        return std::nullopt;
    auto first = next_part(path);
    if (first == "dandisets") {
        next_part(path);
        if (!skip(path, "versions"))
            return std::nullopt;
        next_part(path);
        first = next_part(path);
    }
    if (first != "assets")
        return std::nullopt;
    auto const id = to_lower(next_part(path));
    auto const action = next_part(path);
    if (!is_uuid(id) || (!action.empty() && action != "download") || !next_part(path).empty())
        return std::nullopt;
    return dandi_asset{of.host, id};
}

url download_url(dandi_asset const& asset)
{
    url out;
    out.host = asset.api_host;
    out.target = "/api/assets/" + asset.asset_id + "/download/";
    return out;
}

std::optional<std::string> dandi_blob_id(url const& of)
{
    constexpr std::string_view folder = "/blobs/";
    auto const path = of.path();
    auto const at = path.find(folder);
    if (at == std::string_view::npos)
        return std::nullopt;
    auto rest = path.substr(at + folder.size());
    auto const first = next_part(rest);
    auto const second = next_part(rest);
    auto const id = next_part(rest);
    bool const sound =
        rest.empty() && is_uuid(id) && first == id.substr(0, 3) && second == id.substr(3, 3);
    return sound ? std::optional<std::string>(id) : std::nullopt;
}

std::optional<url> public_blob_url(url const& presigned)
{
    bool const in_s3 = presigned.host.ends_with(".amazonaws.com");
    if (!presigned.tls || !in_s3 || !dandi_blob_id(presigned))
        return std::nullopt;
    auto out = presigned;
    out.target = std::string(presigned.path());
    return out;
}

}  // namespace lindi::net
