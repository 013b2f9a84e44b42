/// \file
/// URLs of DANDI archives: assets of the API, and the blobs in S3 that they redirect to.

#pragma once

#include <lindi/net/url.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lindi::net {

/// One file of an archive.
struct dandi_asset {
    std::string api_host;
    std::string asset_id;  ///< a UUID
};

/// Whether this is the API host of DANDI, LINC or EMBER, or of one of their test instances.
bool is_dandi_api(std::string_view host) noexcept;

/// Recognises /api/assets/ID[/download[/]] and /api/dandisets/D/versions/V/assets/ID[/download[/]].
std::optional<dandi_asset> parse_dandi_asset(url const& of);

/// Where the API serves the file's bytes: a redirect to a presigned URL.
url download_url(dandi_asset const& asset);

/// The id at the end of .../blobs/abc/def/abcdef..., which never changes its content.
std::optional<std::string> dandi_blob_id(url const& of);

/// The same without its query, when it is the blob of an archive in S3: the public URL of a
/// presigned one.
std::optional<url> public_blob_url(url const& presigned);

}  // namespace lindi::net
