#include "member_names.hpp"

#include <algorithm>

namespace lindi::node {
namespace {

error bad_pattern(char const* why)
{
    return {errc::bad_value, error::nowhere, "names of members", why};
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// Reads "d" or "0Nd" behind a percent sign; none when it is something else.
std::optional<std::size_t> read_width(std::string_view& rest)
{
    constexpr std::size_t widest = 20;
    std::size_t width = 0;
    bool const padded = rest.starts_with('0');
    while (padded && !rest.empty() && is_digit(rest.front()) && width <= widest) {
        width = width * 10 + static_cast<std::size_t>(rest.front() - '0');
        rest.remove_prefix(1);
    }
    if (!rest.starts_with('d') || width > widest)
        return std::nullopt;
    rest.remove_prefix(1);
    return std::max<std::size_t>(width, 1);
}

}  // namespace

result<counted_name> counted_name::parse(std::string_view pattern)
{
    counted_name out;
    bool counted = false;
    for (auto at = pattern.find('%'); at != std::string_view::npos; at = pattern.find('%')) {
        auto& part = counted ? out.after_ : out.before_;
        part += pattern.substr(0, at);
        pattern.remove_prefix(at + 1);
        if (pattern.starts_with('%')) {
            part += '%';
            pattern.remove_prefix(1);
            continue;
        }
        auto const width = read_width(pattern);
        if (!width || counted)
            return bad_pattern("one %d or %05d is needed, and nothing else with a percent sign");
        out.width_ = *width;
        counted = true;
    }
    if (!counted)
        return bad_pattern("%d or %05d is needed for the number of the member");
    out.after_ += pattern;
    return out;
}

std::vector<counted_name> counted_name::guesses(std::string_view name)
{
    std::vector<counted_name> out;
    for (std::size_t end = name.size(); end > 0;) {
        if (!is_digit(name[end - 1])) {
            --end;
            continue;
        }
        auto begin = end;
        while (begin > 0 && is_digit(name[begin - 1]))
            --begin;
        auto const digits = name.substr(begin, end - begin);
        if (digits.find_first_not_of('0') == std::string_view::npos) {
            counted_name guess;
            guess.before_ = name.substr(0, begin);
            guess.width_ = digits.size();
            guess.after_ = name.substr(end);
            out.push_back(std::move(guess));
        }
        end = begin;
    }
    return out;
}

std::string counted_name::operator()(std::uint64_t number) const
{
    auto const digits = std::to_string(number);
    std::string const zeros(width_ > digits.size() ? width_ - digits.size() : 0, '0');
    return before_ + zeros + digits + after_;
}

std::optional<std::string> stem_of(std::string_view name, std::string_view pattern)
{
    auto const at = pattern.find("%s");
    if (at == std::string_view::npos || name.size() + 2 < pattern.size())
        return std::nullopt;
    auto const after = pattern.substr(at + 2);
    if (!name.starts_with(pattern.substr(0, at)) || !name.ends_with(after))
        return std::nullopt;
    return std::string(name.substr(at, name.size() - at - after.size()));
}

result<std::string> name_of_stem(std::string_view pattern, std::string_view stem)
{
    auto const at = pattern.find('%');
    if (at == std::string_view::npos || pattern.substr(at, 2) != "%s" ||
        pattern.find('%', at + 1) != std::string_view::npos)
        return bad_pattern("the file has one without exactly one %s");
    return std::string(pattern.substr(0, at)).append(stem).append(pattern.substr(at + 2));
}

}  // namespace lindi::node
