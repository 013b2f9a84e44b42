#include "external_reader.hpp"

#include <lindi/node/other_files.hpp>

#include <algorithm>

namespace lindi::array {
namespace {

constexpr char const* structure = "dataset";

/// What the file has of a slot, then zeros.
void add_segments(
    std::vector<io::segment>& to,
    std::uint64_t begin,
    std::uint64_t size,
    std::uint64_t offset,
    std::shared_ptr<io::source> from
)
{
    auto const available = offset < from->size() ? from->size() - offset : 0;
    auto const stored = std::min(size, available);
    if (stored != 0)
        to.push_back({begin, stored, std::move(from), offset});
    if (stored < size)
        to.push_back({begin + stored, size - stored, nullptr, 0});
}

}  // namespace

result<std::unique_ptr<io::segmented_source>>
join_external_files(node::file& f, node::dataset const& data, io::byte_range needed)
{
    if (f.others == nullptr)
        return error(errc::unsupported, error::nowhere, structure, "external raw data files");
    std::vector<io::segment> segments;
    std::uint64_t begin = 0;
    for (auto const& slot : data.external) {
        if (begin >= needed.end())
            break;
        auto const size = std::min(slot.size, needed.end() - begin);
        if (size != 0 && begin + size > needed.offset) {
            auto from = f.others->open_raw(f, slot.name);
            if (!from)
                return from.error();
            add_segments(segments, begin, size, slot.offset, std::move(*from));
        }
        begin += size;
    }
    return std::make_unique<io::segmented_source>("external raw data", std::move(segments));
}

io::byte_range
bytes_of_part(hyperslab const& part, std::span<std::uint64_t const> extents, std::size_t size)
{
    std::uint64_t first = 0, last = 0;
    for (std::size_t i = 0; i < part.size(); ++i) {
        first = first * extents[i] + part[i].start;
        last = last * extents[i] + part[i].end() - 1;
    }
    return {first * size, (last - first + 1) * size};
}

}  // namespace lindi::array
