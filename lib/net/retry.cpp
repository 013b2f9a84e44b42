#include "text.hpp"

#include <lindi/net/retry.hpp>

#include <algorithm>
#include <array>

namespace lindi::net {
namespace {

constexpr std::int64_t milliseconds_per_second = 1000;

/// Fields of fixed width in a fixed place; anything else is no number.
std::optional<unsigned> digits(std::string_view text, std::size_t at, std::size_t count)
{
    auto const field = text.substr(at, count);
    if (field.size() != count ||
        !std::all_of(field.begin(), field.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    return static_cast<unsigned>(*parse_number(field));
}

std::optional<unsigned> month_number(std::string_view name)
{
    constexpr std::array<std::string_view, 12> names = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<unsigned>(found - names.begin()) + 1;
}

}  // namespace

bool is_transient_status(unsigned status) noexcept
{
    if (status == 408 || status == 425 || status == 429)
        return true;
    return status >= 500 && status <= 599 && status != 501 && status != 505;
}

std::optional<milliseconds> next_attempt(
    retry_options const& options,
    unsigned made,
    std::optional<milliseconds> retry_after,
    double random
)
{
    if (made >= options.attempts)
        return std::nullopt;
    if (retry_after && *retry_after > options.longest_retry_after)
        return std::nullopt;
    auto delay = std::min(options.first_delay, options.longest_delay);
    for (unsigned i = 1; i < made && delay < options.longest_delay; ++i)
        delay = std::min(delay * 2, options.longest_delay);
    auto const half = static_cast<double>(delay.count()) / 2;
    milliseconds const spread(static_cast<milliseconds::rep>(half + half * random));
    return retry_after ? std::max(*retry_after, spread) : spread;
}

std::optional<milliseconds> parse_retry_after(std::string_view value, std::int64_t now)
{
    constexpr std::uint64_t longest = 366ULL * 24 * 3600;
    value = trim(value);
    if (auto const seconds = parse_number(value))
        return milliseconds(
            static_cast<std::int64_t>(std::min(*seconds, longest)) * milliseconds_per_second
        );
    auto const date = parse_http_date(value);
    if (!date)
        return std::nullopt;
    auto const wait = std::clamp<std::int64_t>(*date - now, 0, static_cast<std::int64_t>(longest));
    return milliseconds(wait * milliseconds_per_second);
}

std::optional<std::int64_t> parse_http_date(std::string_view text)
{
    constexpr std::string_view form = "Sun, 06 Nov 1994 08:49:37 GMT";
    text = trim(text);
    bool const has_form = text.size() == form.size() && text.substr(3, 2) == ", " &&
                          text[7] == ' ' && text[11] == ' ' && text[16] == ' ' && text[19] == ':' &&
                          text[22] == ':' && text.substr(25) == " GMT";
    if (!has_form)
        return std::nullopt;
    auto const day = digits(text, 5, 2);
    auto const month = month_number(text.substr(8, 3));
    auto const year = digits(text, 12, 4);
    auto const hour = digits(text, 17, 2);
    auto const minute = digits(text, 20, 2);
    auto const second = digits(text, 23, 2);
    if (!day || !month || !year || !hour || !minute || !second)
        return std::nullopt;
    return seconds_of(*year, *month, *day, *hour, *minute, *second);
}

}  // namespace lindi::net
