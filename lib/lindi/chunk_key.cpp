#include "chunk_key.hpp"

#include <charconv>

namespace lindi::rfs {
namespace {

/// A number as Zarr writes it: without zeros or signs in front.
std::optional<std::uint64_t> take_index(std::string_view& text)
{
    if (text.empty() || text[0] < '0' || text[0] > '9')
        return std::nullopt;
    std::uint64_t index = 0;
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), index);
    if (parsed.ec != std::errc())
        return std::nullopt;
    auto const length = static_cast<std::size_t>(parsed.ptr - text.data());
    if (length > 1 && text[0] == '0')
        return std::nullopt;
    text.remove_prefix(length);
    return index;
}

}  // namespace

std::optional<std::uint64_t>
parse_chunk_key(std::string_view text, char separator, std::span<std::uint64_t const> grid)
{
    if (grid.empty())
        return text == "0" ? std::optional<std::uint64_t>(0) : std::nullopt;
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < grid.size(); ++i) {
        if (i != 0) {
            if (text.empty() || text[0] != separator)
                return std::nullopt;
            text.remove_prefix(1);
        }
        auto const index = take_index(text);
        if (!index || *index >= grid[i])
            return std::nullopt;
        number = number * grid[i] + *index;  // below the size of the grid, which 64 bits hold
    }
    return text.empty() ? std::optional<std::uint64_t>(number) : std::nullopt;
}

}  // namespace lindi::rfs
