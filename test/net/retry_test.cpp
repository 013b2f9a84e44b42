#include <lindi/net/retry.hpp>

#include <doctest/doctest.h>

using namespace lindi::net;

TEST_CASE("retry: statuses that may pass")
{
    for (unsigned const status : {408U, 425U, 429U, 500U, 502U, 503U, 504U, 599U})
        CHECK(is_transient_status(status));
    for (unsigned const status : {200U, 301U, 400U, 401U, 403U, 404U, 416U, 501U, 505U, 600U})
        CHECK_FALSE(is_transient_status(status));
}

TEST_CASE("retry: delays double, between half and all of it, up to the longest")
{
    retry_options options;
    options.attempts = 100;
    options.first_delay = milliseconds(100);
    options.longest_delay = milliseconds(1000);
    CHECK(next_attempt(options, 1, {}, 0.0) == milliseconds(50));
    CHECK(next_attempt(options, 1, {}, 0.999999) == milliseconds(99));
    CHECK(next_attempt(options, 3, {}, 0.0) == milliseconds(200));
    CHECK(next_attempt(options, 99, {}, 0.0) == milliseconds(500));
}

TEST_CASE("retry: the last attempt is the last")
{
    retry_options options;
    options.attempts = 3;
    CHECK(next_attempt(options, 2, {}, 0.5).has_value());
    CHECK_FALSE(next_attempt(options, 3, {}, 0.5).has_value());
}

TEST_CASE("retry: the server's wish is obeyed unless it is too long")
{
    retry_options options;
    CHECK(next_attempt(options, 1, milliseconds(5000), 0.5) == milliseconds(5000));
    CHECK(next_attempt(options, 1, milliseconds(0), 0.0) == milliseconds(100));
    CHECK_FALSE(
        next_attempt(options, 1, options.longest_retry_after + milliseconds(1), 0.5).has_value()
    );
}

TEST_CASE("Retry-After: seconds or a date")
{
    // date -u -d 'Sun, 06 Nov 1994 08:49:37 GMT' +%s
    constexpr std::int64_t at = 784111777;
    CHECK(parse_retry_after("120", 0) == milliseconds(120'000));
    CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", at - 10) == milliseconds(10'000));
    CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", at + 10) == milliseconds(0));
    CHECK(parse_retry_after("99999999999999999", 0) > milliseconds(1));
    for (auto const* const text :
         {"", "soon", "-1", "1.5", "Sun, 06 Nov 1994 08:49:37", "99999999999999999999999"})
        CHECK_FALSE(parse_retry_after(text, 0).has_value());
}

TEST_CASE("HTTP date: fields out of their range are refused")
{
    CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777);
    for (auto const* const text :
         {"Sun, 31 Nov 1994 08:49:37 GMT",
          "Sun, 06 Nox 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 24:49:37 GMT",
          "Sun, 06 Nov 1994 08:60:37 GMT",
          "Sun, 06 Nov 1994 08:49:61 GMT",
          "Sun, 06 Nov 1994 08:49:37 UTC",
          "Sun, +6 Nov 1994 08:49:37 GMT"})
        CHECK_FALSE(parse_http_date(text).has_value());
}
