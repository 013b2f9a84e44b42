/// \file
/// Where a redirect may lead.

#pragma once

#include <lindi/net/url.hpp>

namespace lindi::net {

struct redirect_options {
    unsigned most = 10;
    bool from_https_to_http = false;
};

/// 301, 302, 303, 307 and 308.
bool is_redirect(unsigned status) noexcept;

/// \param followed  redirects before this one
/// \param location  the header's value; empty when there is none
/// \return where to go on; errc::io when there is no usable Location, one too many, or it leaves
/// https
result<url> follow_redirect(
    redirect_options const& options, url const& from, std::string_view location, unsigned followed
);

/// Whether an IP address is one that the public network does not route to: loopback, private,
/// link-local, shared, documentation, multicast and reserved ranges, also when wrapped in an IPv6
/// address. \param ip  "192.0.2.1" or "2001:db8::1"; a zone (%eth0) makes it private; what is no
/// address is private too
bool is_private_address(std::string_view ip);

/// Whether the text is an IP address and no name.
bool is_ip_address(std::string_view host);

/// Which servers may be spoken to. Checked where a connection is made, after names became
/// addresses: a public name that leads to a private address is private.
enum class private_hosts {
    if_first_is,  ///< a URL that is private itself may lead to others; a public one may not
    always,
    never,
};

}  // namespace lindi::net
