#include "chunk_plan.hpp"

#include <lindi/core/checked.hpp>

#include <algorithm>
#include <optional>

namespace lindi::array {
namespace {

/// Chunks along one dimension that a slice may touch.
struct chunk_range {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

class planner {
public:
    planner(node::dataset const& data, node::chunk_table const& table, std::span<slice const> part)
        : shape_(data.chunking.shape), extents_(data.space.extents), table_(table), part_(part)
    {
        for (std::size_t i = 0; i < part.size(); ++i) {
            auto const first = part[i].start / shape_[i];
            ranges_.push_back({first, (part[i].end() - 1) / shape_[i] - first + 1});
        }
    }

    std::vector<touched_chunk> run()
    {
        std::optional<std::uint64_t> candidates = 1;
        for (auto const& range : ranges_)
            candidates = candidates ? checked_multiply(*candidates, range.count) : std::nullopt;
        if (candidates && *candidates <= table_.count())
            look_up(*candidates);
        else
            table_.for_each([this](std::uint64_t number, node::stored_chunk const& chunk) {
                consider(number, chunk);
            });
        return std::move(out_);
    }

private:
    /// Asks the table for every chunk of the ranges.
    void look_up(std::uint64_t candidates)
    {
        for (std::uint64_t n = 0; n < candidates; ++n) {
            std::uint64_t rest = n, number = 0, scale = 1;
            for (std::size_t i = ranges_.size(); i-- > 0;) {
                number += (ranges_[i].first + rest % ranges_[i].count) * scale;
                rest /= ranges_[i].count;
                scale *= table_.grid()[i];
            }
            if (auto const chunk = table_.find(number))
                consider(number, *chunk);
        }
    }

    void consider(std::uint64_t number, node::stored_chunk const& chunk)
    {
        touched_chunk touched{number, chunk, std::vector<overlap>(part_.size()), false, 1};
        std::uint64_t row = 1;  // elements of the chunk per step of the dimension
        for (std::size_t i = part_.size(); i-- > 0;) {
            auto const origin = number % table_.grid()[i] * shape_[i];
            number /= table_.grid()[i];
            touched.common[i] = overlap_of(part_[i], origin, shape_[i]);
            if (touched.common[i].count == 0)
                return;
            auto const inside = std::min(shape_[i], extents_[i] - origin);
            touched.partial = touched.partial || inside != shape_[i];
            touched.inside_elements += (inside - 1) * row;
            row *= shape_[i];
        }
        out_.push_back(std::move(touched));
    }

    std::span<std::uint64_t const> shape_;
    std::span<std::uint64_t const> extents_;
    node::chunk_table const& table_;
    std::span<slice const> part_;
    std::vector<chunk_range> ranges_;
    std::vector<touched_chunk> out_;
};

}  // namespace

std::vector<touched_chunk>
plan_chunks(node::dataset const& data, node::chunk_table const& table, std::span<slice const> part)
{
    if (element_count(part) == 0)
        return {};
    return planner(data, table, part).run();
}

}  // namespace lindi::array
