/// \file
/// What tells one content of a URL from another.

#pragma once

#include <cstdint>
#include <string>

namespace lindi::net {

/// From the headers of one answer. Empty: the server did not say.
struct identity {
    std::uint64_t size = 0;
    std::string etag;           ///< with its quotes, and W/ when it is weak
    std::string last_modified;  ///< as the server wrote it
    std::string version;        ///< x-amz-version-id

    bool has_strong_etag() const noexcept { return !etag.empty() && !etag.starts_with("W/"); }
};

/// Why the second answer cannot come from the content that the first came from; empty when it can.
/// The strongest sign that both have decides: version, strong ETag, Last-Modified, weak ETag.
std::string difference(identity const& first, identity const& second);

}  // namespace lindi::net
