#include <lindi/array/read.hpp>
#include <lindi/array/read_points.hpp>
#include <lindi/core/checked.hpp>

#include <algorithm>
#include <cstring>
#include <map>

namespace lindi::array {
namespace {

using coordinates = std::vector<std::uint64_t>;
using point_list = std::vector<coordinates>;

/// Points that are read together: the box around them.
struct point_group {
    std::vector<std::size_t> members;  ///< indices of points
    hyperslab box;
    lindi::bytes elements;  ///< of the box, once read
    result<void> done{};
};

/// Chunks are read as a whole anyway; elements of other storage by themselves.
std::vector<point_group> group_by_chunk(node::dataset const& data, point_list const& points)
{
    std::map<coordinates, point_group> groups;
    bool const chunked = data.layout == hdf5::layout_class::chunked;
    for (std::size_t i = 0; i < points.size(); ++i) {
        auto place = points[i];
        if (chunked)
            for (std::size_t d = 0; d < place.size(); ++d)
                place[d] /= data.chunking.shape[d];
        auto& group = groups[std::move(place)];
        group.members.push_back(i);
        if (group.box.empty())
            for (auto const at : points[i])
                group.box.push_back({at, 1, 1});
        for (std::size_t d = 0; d < group.box.size(); ++d) {
            auto& side = group.box[d];
            auto const end = std::max(side.start + side.count, points[i][d] + 1);
            side.start = std::min(side.start, points[i][d]);
            side.count = end - side.start;
        }
    }
    std::vector<point_group> out;
    out.reserve(groups.size());
    for (auto& [place, group] : groups)
        out.push_back(std::move(group));
    return out;
}

task<void> read_group(node::file& f, node::dataset const& data, point_group& group)
{
    group.elements.resize(static_cast<std::size_t>(element_count(group.box)) * data.type->size);
    group.done = co_await read_into(f, data, group.box, group.elements);
}

void take_members(
    point_group const& group, point_list const& points, std::size_t size, std::span<std::byte> out
)
{
    for (auto const i : group.members) {
        std::uint64_t place = 0;
        for (std::size_t d = 0; d < group.box.size(); ++d)
            place = place * group.box[d].count + (points[i][d] - group.box[d].start);
        std::memcpy(out.data() + i * size, group.elements.data() + place * size, size);
    }
}

}  // namespace

task<result<void>> read_points(
    node::file& f, node::dataset const& data, point_list const& points, std::span<std::byte> out
)
{
    // Boxes are no larger than chunks; some of them at a time keeps memory bounded.
    constexpr std::size_t batch = 64;
    auto groups = group_by_chunk(data, points);
    for (std::size_t first = 0; first < groups.size(); first += batch) {
        auto const some = std::span(groups).subspan(first, std::min(batch, groups.size() - first));
        std::vector<task<void>> reads;
        for (auto& group : some)
            reads.push_back(read_group(f, data, group));
        co_await when_all(std::move(reads));
        for (auto& group : some) {
            if (!group.done)
                co_return group.done;
            take_members(group, points, data.type->size, out);
            group.elements = lindi::bytes();
        }
    }
    co_return result<void>();
}

}  // namespace lindi::array
