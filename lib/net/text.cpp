#include "text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace lindi::net {
namespace {

char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

std::string_view trim(std::string_view text) noexcept
{
    auto const is_blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return lower(x) == lower(y);
    });
}

std::string to_lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

std::optional<std::uint64_t> parse_number(std::string_view text) noexcept
{
    std::uint64_t out = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, failed] = std::from_chars(text.data(), end, out);
    if (failed != std::errc{} || stop != end)
        return std::nullopt;
    return out;
}

std::string printable(std::string_view text)
{
    constexpr std::size_t longest = 200;
    std::string out(text.substr(0, longest));
    std::replace_if(
        out.begin(), out.end(), [](unsigned char c) { return c < 0x20 || c > 0x7e; }, '?'
    );
    if (text.size() > longest)
        out.append("...");
    return out;
}

std::string without_secrets(std::string_view text)
{
    auto const scheme = text.find("://");
    if (scheme == text.npos)
        return std::string(text);
    auto const start = scheme + 3;
    auto const shown = text.substr(0, text.find('?', start));
    auto const at = shown.substr(0, shown.find('/', start)).rfind('@');
    auto const from = at == text.npos || at < start ? start : at + 1;
    return std::string(shown.substr(0, start)).append(shown.substr(from));
}

std::optional<std::int64_t> seconds_of(
    unsigned year, unsigned month, unsigned day, unsigned hour, unsigned minute, unsigned second
)
{
    using namespace std::chrono;
    constexpr unsigned last_year = 9999;
    constexpr unsigned leap_second = 60;
    if (year > last_year)
        return std::nullopt;
    year_month_day const date(
        std::chrono::year(static_cast<int>(year)), std::chrono::month(month), std::chrono::day(day)
    );
    if (!date.ok() || hour > 23 || minute > 59 || second > leap_second)
        return std::nullopt;
    auto const at = sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
    return duration_cast<seconds>(at.time_since_epoch()).count();
}

}  // namespace lindi::net
