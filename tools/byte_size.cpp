#include "byte_size.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace lindi::tools {

std::optional<std::uint64_t> parse_size(std::string const& text)
{
    constexpr std::array<std::pair<char, double>, 4> units = {
        {{'K', 1024.0}, {'M', 1048576.0}, {'G', 1073741824.0}, {'T', 1099511627776.0}}};
    double number = 0;
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, number, std::chars_format::fixed);
    double factor = read.ptr == end ? 1 : 0;
    for (auto const& [unit, worth] : units)
        if (read.ptr + 1 == end && *read.ptr == unit)
            factor = worth;
    constexpr double most = 1e18;
    if (read.ec != std::errc() || factor == 0 || !(number >= 0) || number * factor > most)
        return std::nullopt;
    return static_cast<std::uint64_t>(std::llround(number * factor));
}

}  // namespace lindi::tools
