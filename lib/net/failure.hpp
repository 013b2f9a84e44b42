/// \file
/// Why an attempt failed, and whether another one may help.

#pragma once

#include "async.hpp"

#include <lindi/core/error.hpp>
#include <lindi/net/retry.hpp>

#include <optional>

namespace lindi::net {

struct failure {
    error why{};
    unsigned status = 0;     ///< of the answer; 0: there was none
    bool transient = false;  ///< worth another attempt
    bool stale = false;      ///< the target of an earlier redirect does not serve us any more
    bool at_once = false;    ///< a kept connection was closed meanwhile: nothing to wait for
    std::optional<milliseconds> retry_after{};
};

/// What a step of an exchange failed with: DNS, TCP, TLS or HTTP.
/// \param step  for the message: "connecting to example.org"
failure transport_failure(error_code const& code, std::string const& step);

/// An answer with a status that is neither success nor redirect.
/// \param body  its first bytes, for the message
failure status_failure(unsigned status, std::string_view reason, std::string_view body);

/// Something that no other attempt will change.
failure permanent(error why);

failure stopped();

}  // namespace lindi::net
