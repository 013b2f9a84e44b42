#include "text.hpp"

#include <lindi/net/presigned.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <limits>

namespace lindi::net {
namespace {

/// AWS allows a week.
constexpr std::uint64_t longest_life = 10ULL * 365 * 24 * 3600;

std::optional<unsigned> field(std::string_view text, std::size_t at, std::size_t count)
{
    auto const digits = text.substr(at, count);
    if (digits.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return static_cast<unsigned>(*parse_number(digits));
}

}  // namespace

std::optional<std::int64_t> parse_amz_date(std::string_view text)
{
    constexpr std::string_view form = "20130524T000000Z";
    if (text.size() != form.size() || text[8] != 'T' || text.back() != 'Z')
        return std::nullopt;
    auto const year = field(text, 0, 4);
    auto const month = field(text, 4, 2);
    auto const day = field(text, 6, 2);
    auto const hour = field(text, 9, 2);
    auto const minute = field(text, 11, 2);
    auto const second = field(text, 13, 2);
    if (!year || !month || !day || !hour || !minute || !second)
        return std::nullopt;
    return seconds_of(*year, *month, *day, *hour, *minute, *second);
}

std::string write_amz_date(std::int64_t seconds)
{
    using namespace std::chrono;
    sys_seconds const at{std::chrono::seconds(seconds)};
    auto const day = floor<days>(at);
    year_month_day const date(day);
    hh_mm_ss const time(at - day);
    std::array<char, 48> out{};
    std::snprintf(
        out.data(),
        out.size(),
        "%04d%02u%02uT%02d%02d%02dZ",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count())
    );
    return out.data();
}

std::optional<std::int64_t> expiry_of(url const& signed_url)
{
    auto const date = parse_amz_date(query_parameter(signed_url, "X-Amz-Date"));
    auto const life = parse_number(query_parameter(signed_url, "X-Amz-Expires"));
    if (date && life && *life <= longest_life)
        return *date + static_cast<std::int64_t>(*life);
    auto const expires = parse_number(query_parameter(signed_url, "Expires"));
    constexpr auto latest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (expires && *expires <= latest && !query_parameter(signed_url, "Signature").empty())
        return static_cast<std::int64_t>(*expires);
    return std::nullopt;
}

}  // namespace lindi::net
