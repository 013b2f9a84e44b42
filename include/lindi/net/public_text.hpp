/// \file
/// What of a URL may be shown and kept: signatures and passwords are for servers only.

#pragma once

#include <lindi/net/url.hpp>

#include <string>
#include <string_view>

namespace lindi::net {

/// Whether the query carries a signature, as presigned URLs of S3, Google, Azure and CloudFront do.
bool has_signature(url const& of);

/// For messages and references: the URL; when there is a signature in its query, of that only what
/// names a version or a part.
std::string public_text(url const& of);

/// For files that others may read, and the same each time the URL is signed anew: of a query
/// without a signature a digest stays, since it may hold a secret of another kind.
std::string stored_text(url const& of);

/// For what a user typed, a URL or not: as it is, without user, password and signature.
std::string public_name(std::string_view text);

}  // namespace lindi::net
