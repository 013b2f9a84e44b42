#include <lindi/array/read.hpp>
#include <lindi/array/read_points.hpp>

#include <algorithm>
#include <cstring>
#include <map>

namespace lindi::array {
namespace {

using coordinates = std::vector<std::uint64_t>;
using point_list = std::vector<coordinates>;

/// Points that are read together: the box around them.
struct point_group {
    std::vector<std::size_t> members{};  ///< indices of points
    hyperslab box{};
    result<lindi::bytes> elements{lindi::bytes()};  ///< of the box, once read
};

/// What is read whole anyway is read once: chunks that have to be decoded, virtual datasets.
/// Elements of other storage are read by themselves.
coordinates group_of(node::dataset const& data, coordinates point)
{
    if (data.layout == hdf5::layout_class::virtual_)
        return {};
    bool const decoded = data.decoder != nullptr || !data.filters.filters.empty();
    if (data.layout == hdf5::layout_class::chunked && decoded)
        for (std::size_t d = 0; d < point.size(); ++d)
            point[d] /= data.chunking.shape[d];
    return point;
}

void widen(hyperslab& box, coordinates const& point)
{
    if (box.empty())
        for (auto const at : point)
            box.push_back({at, 1, 1});
    for (std::size_t d = 0; d < box.size(); ++d) {
        auto const end = std::max(box[d].start + box[d].count, point[d] + 1);
        box[d].start = std::min(box[d].start, point[d]);
        box[d].count = end - box[d].start;
    }
}

std::vector<point_group> group_points(node::dataset const& data, point_list const& points)
{
    std::map<coordinates, point_group> groups;
    for (std::size_t i = 0; i < points.size(); ++i) {
        auto& group = groups[group_of(data, points[i])];
        group.members.push_back(i);
        widen(group.box, points[i]);
    }
    std::vector<point_group> out;
    out.reserve(groups.size());
    for (auto& [place, group] : groups)
        out.push_back(std::move(group));
    return out;
}

task<void> read_group(node::file& f, node::dataset const& data, point_group& group)
{
    group.elements = co_await read_piece(f, data, group.box);
}

void take_members(
    point_group const& group, point_list const& points, std::size_t size, std::span<std::byte> out
)
{
    for (auto const i : group.members) {
        std::uint64_t place = 0;
        for (std::size_t d = 0; d < group.box.size(); ++d)
            place = place * group.box[d].count + (points[i][d] - group.box[d].start);
        std::memcpy(out.data() + i * size, group.elements->data() + place * size, size);
    }
}

}  // namespace

task<result<void>> read_points(
    node::file& f, node::dataset const& data, point_list const& points, std::span<std::byte> out
)
{
    if (data.unreadable)
        co_return *data.unreadable;  // its chunks may be of another rank than the points
    // So many at a time go out as one wave.
    constexpr std::size_t batch = 64;
    auto groups = group_points(data, points);
    for (std::size_t first = 0; first < groups.size(); first += batch) {
        auto const some = std::span(groups).subspan(first, std::min(batch, groups.size() - first));
        std::vector<task<void>> reads;
        for (auto& group : some)
            reads.push_back(read_group(f, data, group));
        co_await when_all(std::move(reads));
        for (auto& group : some) {
            if (!group.elements)
                co_return group.elements.error();
            take_members(group, points, data.type->size, out);
            group.elements = lindi::bytes();
        }
    }
    co_return result<void>();
}

}  // namespace lindi::array
