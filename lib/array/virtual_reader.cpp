#include "virtual_reader.hpp"

#include "read_whole.hpp"
#include "selection_runs.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/node/paths.hpp>

#include <algorithm>
#include <cstring>

namespace lindi::array {
namespace {

constexpr char const* structure = "virtual dataset";
constexpr unsigned max_depth = 8;

/// Whether elements can be copied from one to the other as they are.
bool same_bytes(hdf5::datatype const& a, hdf5::datatype const& b)
{
    return a.what == b.what && a.size == b.size && a.order == b.order &&
           a.precision == b.precision && a.bit_offset == b.bit_offset &&
           a.is_signed == b.is_signed && a.members.size() == b.members.size() && !a.needs_heap();
}

/// Copies element after element of one selection to those of the other.
result<void> copy_runs(
    std::vector<element_run> const& from_runs,
    std::span<std::byte const> from,
    std::vector<element_run> const& to_runs,
    std::span<std::byte> to,
    std::size_t size
)
{
    std::size_t f = 0, t = 0;
    std::uint64_t from_done = 0, to_done = 0;
    while (f < from_runs.size() && t < to_runs.size()) {
        auto const count = std::min(from_runs[f].count - from_done, to_runs[t].count - to_done);
        std::memcpy(
            to.data() + (to_runs[t].first + to_done) * size,
            from.data() + (from_runs[f].first + from_done) * size,
            count * size
        );
        from_done += count;
        to_done += count;
        if (from_done == from_runs[f].count)
            ++f, from_done = 0;
        if (to_done == to_runs[t].count)
            ++t, to_done = 0;
    }
    if (f != from_runs.size() || t != to_runs.size())
        return error(errc::bad_value, error::nowhere, structure, "selections of different sizes");
    return {};
}

task<result<void>> read_mapping(
    node::file& f,
    node::dataset const& data,
    hdf5::virtual_mapping const& mapping,
    unsigned depth,
    std::span<std::byte> out
)
{
    if (*mapping.source_file != ".")
        co_return error(
            errc::unsupported, error::nowhere, structure, "its elements lie in other files"
        );
    auto const id = node::find_object(f.contents, *mapping.source_dataset);
    if (id == node::no_object || !f.contents.objects[id].dataset)
        co_return result<void>();  // a source that is not there: the fill value stays
    auto const& source = *f.contents.objects[id].dataset;
    if (!same_bytes(*source.type, *data.type))
        co_return error(
            errc::unsupported, error::nowhere, structure, "its source has another type"
        );
    auto const from_runs = runs_of(mapping.source, source.space.extents);
    if (!from_runs)
        co_return from_runs.error();
    auto const to_runs = runs_of(mapping.target, data.space.extents);
    if (!to_runs)
        co_return to_runs.error();
    auto const elements = co_await read_whole(f, source, depth + 1);
    if (!elements)
        co_return elements.error().within(*mapping.source_dataset);
    co_return copy_runs(*from_runs, *elements, *to_runs, out, data.type->size);
}

}  // namespace

task<result<void>>
read_virtual(node::file& f, node::dataset const& data, unsigned depth, std::span<std::byte> out)
{
    if (depth > max_depth)
        co_return error(errc::cycle, error::nowhere, structure);
    for (auto const& mapping : data.mappings) {
        auto const read = co_await read_mapping(f, data, mapping, depth, out);
        if (!read)
            co_return read;
    }
    co_return result<void>();
}

}  // namespace lindi::array
