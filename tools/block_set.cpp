#include "block_set.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>

namespace lindi::tools {

struct block_set::span_list {
    struct one {
        std::uint64_t first;
        std::uint64_t last;
        spans below;  ///< of the next dimension; null in the last one

        std::uint64_t size() const { return last - first + 1; }
    };
    std::vector<one> items;

    static bool equal(spans const& a, spans const& b)
    {
        if (a == b)
            return true;
        return a && b &&
               std::equal(
                   a->items.begin(),
                   a->items.end(),
                   b->items.begin(),
                   b->items.end(),
                   [](one const& x, one const& y) {
                       return x.first == y.first && x.last == y.last && equal(x.below, y.below);
                   }
               );
    }
};

/// Cuts the blocks along one dimension after the other.
struct block_set::builder {
    std::span<std::uint64_t const> corners;
    std::size_t rank;
    std::uint64_t steps_left = 4'000'000;

    std::uint64_t first(std::size_t block, std::size_t d) const
    {
        return corners[2 * rank * block + d];
    }
    std::uint64_t last(std::size_t block, std::size_t d) const
    {
        return corners[2 * rank * block + rank + d];
    }

    /// Where blocks start, and the places just behind their ends; sorted, each once.
    std::vector<std::uint64_t> cuts(std::vector<std::size_t> const& blocks, std::size_t d) const
    {
        std::vector<std::uint64_t> out;
        for (auto const b : blocks) {
            out.push_back(first(b, d));
            out.push_back(last(b, d) + 1);
        }
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }

    /// \return null when there were too many steps
    spans build(std::vector<std::size_t> blocks, std::size_t d)
    {
        auto const by_first = [&](std::size_t a, std::size_t b) {
            return first(a, d) < first(b, d);
        };
        std::sort(blocks.begin(), blocks.end(), by_first);
        auto out = std::make_shared<span_list>();
        auto const edges = cuts(blocks, d);
        auto next = blocks.begin();
        std::vector<std::size_t> inside;
        for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
            std::erase_if(inside, [&](std::size_t b) { return last(b, d) < edges[i]; });
            while (next != blocks.end() && first(*next, d) == edges[i])
                inside.push_back(*next++);
            if (steps_left <= inside.size())
                return nullptr;
            steps_left -= inside.size() + 1;
            if (inside.empty())
                continue;
            auto const below = d + 1 < rank ? build(inside, d + 1) : nullptr;
            if (d + 1 < rank && !below)
                return nullptr;
            append(*out, {edges[i], edges[i + 1] - 1, below});
        }
        return out;
    }

    static void append(span_list& to, span_list::one next)
    {
        if (!to.items.empty() && to.items.back().last + 1 == next.first &&
            span_list::equal(to.items.back().below, next.below))
            to.items.back().last = next.last;
        else
            to.items.push_back(std::move(next));
    }
};

std::optional<block_set> block_set::make(std::span<std::uint64_t const> corners, std::size_t rank)
{
    if (rank == 0)
        return std::nullopt;
    builder from{corners, rank};
    std::vector<std::size_t> all(corners.size() / (2 * rank));
    for (std::size_t b = 0; b < all.size(); ++b) {
        all[b] = b;
        for (std::size_t d = 0; d < rank; ++d)
            if (from.last(b, d) < from.first(b, d) || from.last(b, d) == ~std::uint64_t{0})
                return std::nullopt;
    }
    auto root = from.build(all, 0);
    if (!root)
        return std::nullopt;
    return block_set(std::move(root));
}

std::optional<std::vector<block_set::slab>> block_set::as_regular() const
{
    std::vector<slab> out;
    for (auto const* level = root_.get(); level != nullptr;) {
        auto const& items = level->items;
        if (items.empty())
            return std::nullopt;
        slab s{items[0].first, 1, items.size(), items[0].size()};
        if (items.size() > 1)
            s.stride = items[1].first - items[0].first;
        for (std::size_t i = 1; i < items.size(); ++i)
            if (items[i].size() != s.block || items[i].first - items[i - 1].first != s.stride ||
                !span_list::equal(items[i].below, items[0].below))
                return std::nullopt;
        out.push_back(s);
        level = items[0].below.get();
    }
    return out;
}

namespace {

std::optional<std::uint64_t> sum_of_products(
    std::optional<std::uint64_t> sum, std::uint64_t factor, std::optional<std::uint64_t> below
)
{
    auto const product = below ? checked_multiply(factor, *below) : std::nullopt;
    return sum && product ? checked_add(*sum, *product) : std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> block_set::element_count() const
{
    struct count {
        static std::optional<std::uint64_t> of(spans const& list)
        {
            std::optional<std::uint64_t> sum = list ? 0 : 1;
            if (list)
                for (auto const& item : list->items)
                    sum = sum_of_products(sum, item.size(), of(item.below));
            return sum;
        }
    };
    return count::of(root_);
}

std::optional<std::uint64_t> block_set::block_count() const
{
    struct count {
        static std::optional<std::uint64_t> of(spans const& list)
        {
            std::optional<std::uint64_t> sum = list ? 0 : 1;
            if (list)
                for (auto const& item : list->items)
                    sum = sum_of_products(sum, 1, of(item.below));
            return sum;
        }
    };
    return count::of(root_);
}

std::vector<block_set::block> block_set::blocks() const
{
    struct walk {
        std::vector<block> out;
        block current;

        void over(spans const& list)
        {
            if (!list) {
                out.push_back(current);
                return;
            }
            for (auto const& item : list->items) {
                current.first.push_back(item.first);
                current.last.push_back(item.last);
                over(item.below);
                current.first.pop_back();
                current.last.pop_back();
            }
        }
    };
    walk all;
    all.over(root_);
    return std::move(all.out);
}

}  // namespace lindi::tools
