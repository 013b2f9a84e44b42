/// \file
/// Counts of a running job for Prometheus.

#pragma once

#include "bulk_progress.hpp"

#include <lindi/net/text_server.hpp>

namespace lindi::tools {

/// \param port  0: nobody wants them
/// \return the server, or null; or errc::io
result<std::unique_ptr<net::text_server>>
serve_metrics(unsigned port, bulk_progress const& progress);

}  // namespace lindi::tools
