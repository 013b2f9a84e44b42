/// \file
/// When URLs with a signature stop working.

#pragma once

#include <lindi/net/url.hpp>

#include <cstdint>
#include <optional>

namespace lindi::net {

/// X-Amz-Date + X-Amz-Expires, or Expires of older signatures, in seconds since 1970; nothing for
/// other URLs.
std::optional<std::int64_t> expiry_of(url const& signed_url);

/// "20130524T000000Z" in seconds since 1970.
std::optional<std::int64_t> parse_amz_date(std::string_view text);
/// The other way round.
std::string write_amz_date(std::int64_t seconds);

}  // namespace lindi::net
