/// \file
/// Secrets, each bound to the host it was given for.

#pragma once

#include <lindi/net/environment.hpp>
#include <lindi/net/url.hpp>

#include <string>
#include <vector>

namespace lindi::net {

/// Sent as the Authorization header to this host, over https only, and to no other.
struct credential {
    std::string host;           ///< exactly, in lower case
    std::string authorization;  ///< "token 0123..."
};

/// DANDI_API_KEY, DANDI_SANDBOX_API_KEY or lindi's DANDI_STAGING_API_KEY, LINC_API_KEY,
/// EMBER_API_KEY, each for the API hosts of its archive; LINC and EMBER also by dandi-cli's names
/// LINC_STAGING_API_KEY and EMBER_SANDBOX_API_KEY for their test instances.
std::vector<credential> dandi_credentials(environment const& env);

/// What to send to this URL; empty when there is nothing for it.
std::string authorization_for(std::vector<credential> const& all, url const& to);

}  // namespace lindi::net
