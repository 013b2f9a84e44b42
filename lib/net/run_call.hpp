/// \file
/// Requests that are answered as a whole, with redirects, secrets and retries.

#pragma once

#include "client_state.hpp"

#include <lindi/net/http_call.hpp>

namespace lindi::net {

/// \return the answer; or what the last attempt failed with: errc::not_found for status 404 and
///   410, std::errc::permission_denied for 401 and 403, errc::too_large, std::errc::timed_out,
///   errc::cancelled, errc::io
awaitable<result<http_answer>> run_call(client::state& client, http_call call);

}  // namespace lindi::net
