/// \file
/// SHA-256.

#pragma once

#include <array>
#include <string>
#include <string_view>

namespace lindi::net {

using digest = std::array<unsigned char, 32>;

digest sha256(std::string_view text);
/// HMAC-SHA-256, RFC 2104.
digest hmac(std::string_view key, std::string_view text);
/// In lower case.
std::string hex_of(digest const& d);

}  // namespace lindi::net
