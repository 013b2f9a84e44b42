#include <lindi/array/index_expression.hpp>
#include <lindi/core/checked.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace lindi::array {
namespace {

constexpr char const* structure = "index";

error refusal(std::string_view term, std::string why)
{
    return {errc::bad_value, error::nowhere, structure, "'" + std::string(term) + "': " + why};
}

std::string_view trim(std::string_view text)
{
    constexpr char const* blanks = " \t";
    auto const first = text.find_first_not_of(blanks);
    if (first == text.npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> out;
    for (;;) {
        auto const end = text.find(separator);
        out.push_back(trim(text.substr(0, end)));
        if (end == text.npos)
            return out;
        text.remove_prefix(end + 1);
    }
}

/// A number as written: its sign and how far it is from zero.
struct written_number {
    bool negative = false;
    std::uint64_t magnitude = 0;
};

std::optional<written_number> parse_number(std::string_view text)
{
    written_number out;
    out.negative = text.starts_with('-');
    if (out.negative || text.starts_with('+'))
        text.remove_prefix(1);
    auto const [end, status] =
        std::from_chars(text.data(), text.data() + text.size(), out.magnitude);
    if (status != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return out;
}

/// A border of a slice, cut at the ends of the dimension.
std::uint64_t border(written_number number, std::uint64_t extent)
{
    auto const distance = std::min(number.magnitude, extent);
    return number.negative ? extent - distance : distance;
}

result<slice> parse_slice(std::string_view term, std::uint64_t extent)
{
    auto const fields = split(term, ':');
    if (fields.size() > 3)
        return refusal(term, "a slice has at most two colons");
    std::array<std::optional<written_number>, 3> numbers;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].empty())
            continue;
        numbers[i] = parse_number(fields[i]);
        if (!numbers[i])
            return refusal(term, "not a number");
    }
    auto const begin = numbers[0] ? border(*numbers[0], extent) : 0;
    auto const end = numbers[1] ? border(*numbers[1], extent) : extent;
    slice out{begin, 0, 1};
    if (numbers[2]) {
        if (numbers[2]->negative || numbers[2]->magnitude == 0)
            return refusal(term, "the step must be positive");
        out.step = numbers[2]->magnitude;
    }
    if (begin < end)
        out.count = divide_up(end - begin, out.step);
    return out;
}

result<slice> parse_single(std::string_view term, std::uint64_t extent)
{
    auto const number = parse_number(term);
    if (!number)
        return refusal(term, "neither a number nor a slice");
    auto const [negative, magnitude] = *number;
    bool const inside = negative ? magnitude <= extent : magnitude < extent;
    if (!inside)
        return refusal(term, "the dimension has " + std::to_string(extent) + " elements");
    return slice{negative && magnitude != 0 ? extent - magnitude : magnitude, 1, 1};
}

void take_whole(indexed_part& out, std::uint64_t extent)
{
    out.part.push_back({0, extent, 1});
    out.shape.push_back(extent);
}

}  // namespace

result<indexed_part> parse_index(std::string_view text, std::span<std::uint64_t const> extents)
{
    auto terms = trim(text).empty() ? std::vector<std::string_view>{} : split(text, ',');
    auto const ellipses = std::count(terms.begin(), terms.end(), "...");
    if (ellipses > 1)
        return refusal(text, "more than one '...'");
    if (ellipses == 0)
        terms.push_back("...");
    if (terms.size() - 1 > extents.size())
        return refusal(text, "the array has " + std::to_string(extents.size()) + " dimensions");
    indexed_part out;
    for (auto const term : terms) {
        if (term == "...") {
            for (auto left = extents.size() - (terms.size() - 1); left > 0; --left)
                take_whole(out, extents[out.part.size()]);
            continue;
        }
        auto const extent = extents[out.part.size()];
        bool const is_slice = term.find(':') != term.npos;
        auto const taken = is_slice ? parse_slice(term, extent) : parse_single(term, extent);
        if (!taken)
            return taken.error();
        out.part.push_back(*taken);
        if (is_slice)
            out.shape.push_back(taken->count);
    }
    return out;
}

}  // namespace lindi::array
