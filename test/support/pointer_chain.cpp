#include "pointer_chain.hpp"

#include <algorithm>
#include <map>

namespace lindi::test {
namespace {

struct place {
    std::uint64_t size = 0;
    std::size_t depth = 0;  ///< 0: not reached
};

using places = std::map<std::uint64_t, place>;

std::uint64_t number_at(std::span<std::byte const> bytes, std::size_t at)
{
    std::uint64_t out = 0;
    for (std::size_t i = 8; i-- > 0;)
        out = out << 8 | std::to_integer<std::uint64_t>(bytes[at + i]);
    return out;
}

/// Offsets of structures that this one leads to and that nobody led to before.
std::vector<std::uint64_t>
new_targets(std::span<std::byte const> file, std::uint64_t offset, places& all)
{
    std::vector<std::uint64_t> out;
    auto const& [size, depth] = all.at(offset);
    auto const bytes = file.subspan(offset, size);
    for (std::size_t i = 0; i + 8 <= bytes.size(); ++i) {
        auto const found = all.find(number_at(bytes, i));
        if (found == all.end() || found->second.depth != 0)
            continue;
        found->second.depth = depth + 1;
        out.push_back(found->first);
    }
    return out;
}

/// Breadth first, so that the first way to a structure is a shortest one.
void follow(std::span<std::byte const> file, std::vector<std::uint64_t> level, places& all)
{
    while (!level.empty()) {
        std::vector<std::uint64_t> next;
        for (auto const offset : level) {
            auto const found = new_targets(file, offset, all);
            next.insert(next.end(), found.begin(), found.end());
        }
        level = std::move(next);
    }
}

/// The first structure that no address leads to, as deep as its predecessor from now on.
bool place_one_more(std::span<std::byte const> file, places& all)
{
    auto const lost =
        std::find_if(all.begin(), all.end(), [](auto const& one) { return one.second.depth == 0; });
    if (lost == all.end())
        return false;
    lost->second.depth = std::prev(lost)->second.depth;
    follow(file, {lost->first}, all);
    return true;
}

}  // namespace

std::size_t longest_pointer_chain(
    std::span<std::byte const> file, std::vector<io::byte_range> const& structures
)
{
    places all;
    for (auto const structure : structures) {
        auto& known = all[structure.offset];
        known.size = std::max(known.size, structure.size);
    }
    if (all.empty())
        return 0;
    all.begin()->second.depth = 1;
    follow(file, {all.begin()->first}, all);
    while (place_one_more(file, all)) {
    }
    std::size_t longest = 0;
    for (auto const& [offset, one] : all)
        longest = std::max(longest, one.depth);
    return longest;
}

}  // namespace lindi::test
