/// \file
/// An absolute http or https URL, taken apart as a client needs it. RFC 3986.

#pragma once

#include <lindi/core/error.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace lindi::net {

struct url {
    bool tls = true;   ///< https
    std::string host;  ///< lower case; IPv6 without brackets
    std::uint16_t port = 443;
    std::string target =
        "/";  ///< path and query, escaped as they came: presigned URLs must not change
    std::string user_info;  ///< "user:password", decoded; only proxies may have one

    /// Host and port as the Host header has them: the port only when it is not the usual one.
    std::string authority() const;
    /// Scheme, authority and target. User and password are left out: this goes into messages and
    /// files.
    std::string text() const;
    /// Path without the query.
    std::string_view path() const noexcept;
    /// Scheme, host and port are the same: whatever was meant for one may go to the other.
    bool same_origin(url const& other) const noexcept;

    friend bool operator==(url const&, url const&) = default;
};

/// Parses an absolute URL. The fragment is dropped; blanks, quotes and bytes outside ASCII are
/// escaped, as browsers do, since people paste them. \return errc::bad_value   not a URL, no host,
/// a port of 0, control characters, longer than 16 KiB
///   errc::unsupported  another scheme than http and https
result<url> parse_url(std::string_view text);

/// Where a `Location` leads that came from `base`. \return as parse_url
result<url> resolve_url(url const& base, std::string_view reference);

/// The first value of a query parameter, decoded; empty when there is none. Names are compared
/// without case.
std::string query_parameter(url const& from, std::string_view name);

/// Escapes everything but unreserved characters (RFC 3986, 2.3) and, on demand, '/'.
std::string percent_encode(std::string_view text, bool keep_slashes);

}  // namespace lindi::net
