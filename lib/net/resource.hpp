/// \file
/// A URL that is read many times: where its redirects lead, and until when.

#pragma once

#include "exchange.hpp"

namespace lindi::net {

struct resource {
    url origin;
    bool is_signed = false;  ///< requests to the origin carry an AWS signature
    std::uint64_t requests_left = 0;

    bool origin_is_private = false;
    bool redirects = false;       ///< the origin has answered with a redirect
    std::optional<url> target{};  ///< where the last redirect led; read directly until it expires
    std::int64_t target_expires = 0;  ///< seconds since 1970
    bool renewing = false;            ///< one request finds the new target, the others wait for it
    waiting_line renewed{};

    bool has_target(std::int64_t now) const noexcept { return target && now < target_expires; }
};

/// Reads one range of the resource: redirects, expired targets and failures that may pass are taken
/// care of. \param accept  as in exchange.hpp; it may be called several times \return the error
/// that no further attempt could help
awaitable<std::optional<error>>
get_range(client::state& client, resource& from, io::byte_range range, accept_answer accept);

}  // namespace lindi::net
