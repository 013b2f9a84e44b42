/// \file
/// Which failures are worth another attempt, and when.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lindi::net {

using std::chrono::milliseconds;

struct retry_options {
    unsigned attempts = 8;                         ///< of one request, the first included
    milliseconds first_delay = milliseconds(200);  ///< doubled each time
    milliseconds longest_delay = milliseconds(20'000);
    milliseconds longest_retry_after =
        milliseconds(120'000);  ///< servers that want more are given up
};

/// 408, 425, 429 and 5xx apart from 501 and 505, which say that it will never work.
bool is_transient_status(unsigned status) noexcept;

/// How long to wait before the next attempt.
/// \param made  attempts so far, at least 1
/// \param retry_after  what the server asked for
/// \param random  in [0, 1): spreads clients that failed together
/// \return nothing when it is time to give up
std::optional<milliseconds> next_attempt(
    retry_options const& options,
    unsigned made,
    std::optional<milliseconds> retry_after,
    double random
);

/// Seconds or a date (RFC 9110, 10.2.3). A date that has passed is no delay.
/// \param now  seconds since 1970
std::optional<milliseconds> parse_retry_after(std::string_view value, std::int64_t now);

/// "Sun, 06 Nov 1994 08:49:37 GMT" in seconds since 1970; RFC 9110, 5.6.7, without its obsolete
/// forms.
std::optional<std::int64_t> parse_http_date(std::string_view text);

}  // namespace lindi::net
