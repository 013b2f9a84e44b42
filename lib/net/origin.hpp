/// \file
/// The URL that requests for a file go to first.

#pragma once

#include <lindi/net/client.hpp>
#include <lindi/net/url.hpp>

#include <string>

namespace lindi::net {

struct file_origin {
    url at{};
    bool is_signed = false;  ///< requests to it carry an AWS signature
};

/// What a URL as a user writes it means: rewritten, an s3 URL as the https one behind it, an asset
/// of a DANDI archive as its download. \return errc::bad_value or errc::unsupported
result<file_origin> origin_of(client_options const& options, std::string const& text);

}  // namespace lindi::net
