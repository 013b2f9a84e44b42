/// \file
/// What the cache remembers about a URL, so that it can be opened without a request.

#pragma once

#include <lindi/net/http_source.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lindi::open {

struct cache_note {
    std::uint64_t size = 0;
    std::string content{};                    ///< net::http_source::content_id
    std::array<std::string, 3> references{};  ///< by net::reference_url
};

/// What there is to remember.
cache_note note_of(net::http_source const& remote, std::string content);

std::string write_cache_note(cache_note const& note);
std::optional<cache_note> parse_cache_note(std::string_view text);

}  // namespace lindi::open
