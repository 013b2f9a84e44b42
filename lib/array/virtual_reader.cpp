#include "virtual_reader.hpp"

#include "common_runs.hpp"
#include "read_box.hpp"
#include "same_bytes.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/hdf5/growing_slab.hpp>
#include <lindi/node/virtual_source.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace lindi::array {
namespace {

constexpr char const* structure = "virtual dataset";
constexpr unsigned max_depth = 8;

error refuse(errc code, char const* why)
{
    return {code, error::nowhere, structure, why};
}

bool is_number(hdf5::datatype const& type)
{
    return type.what == hdf5::type_class::integer || type.what == hdf5::type_class::floating ||
           type.what == hdf5::type_class::bitfield;
}

/// Whether elements are the same numbers but for the order of their bytes.
bool same_when_swapped(hdf5::datatype const& a, hdf5::datatype const& b)
{
    using order = hdf5::byte_order;
    bool const opposite = (a.order == order::little && b.order == order::big) ||
                          (a.order == order::big && b.order == order::little);
    if (!opposite || !is_number(a) || !is_number(b))
        return false;
    auto turned = a;
    turned.order = b.order;
    return same_bytes(turned, b);
}

void swap_bytes(std::span<std::byte> elements, std::size_t size)
{
    for (auto rest = elements; rest.size() >= size; rest = rest.subspan(size))
        std::reverse(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size));
}

/// One virtual dataset being read.
struct virtual_job {
    node::file& f;
    node::dataset const& data;
    hyperslab const& part;
    unsigned depth;
    std::span<std::byte> out;  ///< elements of the part
};

/// Where two selections without an end stop, so that both have as many elements as the shorter.
struct ends {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};

result<ends> ends_of(
    hdf5::selection const& from,
    std::span<std::uint64_t const> from_extents,
    hdf5::selection const& to,
    std::span<std::uint64_t const> to_extents
)
{
    auto const f = hdf5::unlimited_dimension(from);
    auto const t = hdf5::unlimited_dimension(to);
    if (!f && !t)
        return ends{};
    if (!f || !t || from.rank != from_extents.size() || to.rank != to_extents.size())
        return refuse(errc::bad_value, "only one of its selections goes on for ever");
    auto const& from_slab = from.regular[*f];
    auto const& to_slab = to.regular[*t];
    auto const places = std::min(
        hdf5::places_below(from_slab, from_extents[*f]), hdf5::places_below(to_slab, to_extents[*t])
    );
    auto const from_end = hdf5::extent_for(from_slab, places);
    auto const to_end = hdf5::extent_for(to_slab, places);
    if (!from_end || !to_end)
        return refuse(errc::bad_value, "a selection beyond 2^64");
    return ends{*from_end, *to_end};
}

result<element_pairs> pairs_of(
    hdf5::selection const& from,
    std::span<std::uint64_t const> from_extents,
    hdf5::selection const& to,
    std::span<std::uint64_t const> to_extents
)
{
    auto const stop = ends_of(from, from_extents, to, to_extents);
    if (!stop)
        return stop.error();
    auto from_runs = runs_of(from, from_extents, stop->from);
    if (!from_runs)
        return from_runs.error();
    auto to_runs = runs_of(to, to_extents, stop->to);
    if (!to_runs)
        return to_runs.error();
    return element_pairs{std::move(*from_runs), std::move(*to_runs)};
}

/// A source that is virtual itself, with the extents that it has for others.
node::dataset as_stored(node::dataset data)
{
    data.space.extents = std::exchange(data.stored_extents, {});
    return data;
}

task<result<lindi::bytes>> read_source(virtual_job& job, node::source_dataset source, hyperslab box)
{
    auto const size = checked_multiply(element_count(box), job.data.type->size);
    // Reading a source again for each mapping counts as reading.
    auto const spent = job.f.budget().spend_bytes(size.value_or(~std::uint64_t{0}), error::nowhere);
    if (!spent)
        co_return spent.error();
    node::dataset stored;
    if (!source.data->stored_extents.empty()) {
        stored = as_stored(*source.data);
        source.data = &stored;
    }
    if (source.in == &job.f)
        co_return co_await read_box(job.f, *source.data, std::move(box), job.depth + 1);
    co_return source.in->reader().run(
        read_box(*source.in, *source.data, std::move(box), job.depth + 1)
    );
}

/// Whether a selection may have elements of the part; false only when it has none.
bool may_touch(hdf5::selection const& target, std::span<slice const> part)
{
    if (target.what != hdf5::selection::kind::hyperslab || target.regular.size() != part.size())
        return true;
    for (std::size_t i = 0; i < part.size(); ++i) {
        auto const& s = target.regular[i];
        bool const endless = s.count == hdf5::unlimited || s.block == hdf5::unlimited;
        auto const places = checked_multiply(s.count == 0 ? 0 : s.count - 1, s.stride);
        auto const end = endless || !places ? std::nullopt : checked_add(s.start, *places);
        if (s.start >= part[i].end() || (end && part[i].start >= *end + s.block))
            return false;
    }
    return true;
}

/// Puts those elements of one source that the part has to their places.
/// \return whether there is such a source
task<result<bool>> read_block(
    virtual_job& job,
    hdf5::virtual_mapping const& mapping,
    hdf5::selection const& target,
    std::uint64_t block
)
{
    auto const source = node::find_source(job.f, mapping, block);
    if (!source)
        co_return source.error();
    if (source->data == nullptr)
        co_return false;  // the fill value stays
    bool const swapped = same_when_swapped(*source->data->type, *job.data.type);
    if (!swapped && !same_bytes(*source->data->type, *job.data.type))
        co_return refuse(errc::unsupported, "its source has another type");
    if (!may_touch(target, job.part))
        co_return true;
    auto const& extents = job.data.space.extents;
    auto const& source_extents = node::source_extents(*source->data);
    auto const pairs = pairs_of(mapping.source, source_extents, target, extents);
    if (!pairs)
        co_return pairs.error();
    bounding_box box(source_extents);
    auto const seen = for_each_common(*pairs, extents, job.part, [&box](common_run run) {
        box.add({run.from, run.count});
    });
    if (!seen)
        co_return seen.error();
    if (box.empty())
        co_return true;
    auto elements = co_await read_source(job, *source, box.box());
    if (!elements)
        co_return elements.error();
    auto const size = job.data.type->size;
    if (swapped)
        swap_bytes(*elements, size);
    auto const copied = for_each_common(*pairs, extents, job.part, [&](common_run run) {
        std::memcpy(
            job.out.data() + run.to * size,
            elements->data() + box.place_of(run.from) * size,
            run.count * size
        );
    });
    if (!copied)
        co_return copied.error();
    co_return true;
}

/// Block after block to the end of the dataset. When its extents were made of its sources, it ends
/// with the first that is not there; else those that are not there are left out.
task<result<void>> read_numbered(virtual_job& job, hdf5::virtual_mapping const& mapping)
{
    auto target = mapping.target;
    auto const dimension = hdf5::unlimited_dimension(target);
    if (!dimension || target.rank != job.data.space.rank())
        co_return refuse(errc::bad_value, "a numbered source without numbered blocks");
    auto const extent = job.data.space.extents[*dimension];
    std::uint64_t missing = 0;
    for (std::uint64_t block = 0; missing <= job.f.limits().other_files; ++block) {
        auto const slab = node::numbered_slab(mapping.target, block);
        if (!slab)
            co_return slab.error();
        if (slab->start >= extent)
            co_return result<void>();
        if (slab->start + slab->block > extent)
            co_return refuse(errc::unsupported, "a block that is cut off");
        target.regular[*dimension] = *slab;
        auto const read = co_await read_block(job, mapping, target, block);
        if (!read)
            co_return read.error();
        if (!*read && !job.data.stored_extents.empty())
            co_return result<void>();
        missing += *read ? 0 : 1;
    }
    co_return refuse(errc::too_large, "limit on other files: so many sources are not there");
}

task<result<void>> read_once(virtual_job& job, hdf5::virtual_mapping const& mapping)
{
    auto const read = co_await read_block(job, mapping, mapping.target, 0);
    if (!read)
        co_return read.error();
    co_return result<void>();
}

/// Errors name the source: offsets in them are places in that file.
task<result<void>> read_mapping(virtual_job& job, hdf5::virtual_mapping const& mapping)
{
    auto work = node::is_numbered(mapping) ? read_numbered(job, mapping) : read_once(job, mapping);
    auto const read = co_await work;
    if (!read)
        co_return read.error().within(node::source_text(mapping));
    co_return result<void>();
}

}  // namespace

task<result<void>> read_virtual(
    node::file& f,
    node::dataset const& data,
    hyperslab const& part,
    unsigned depth,
    std::span<std::byte> out
)
{
    if (depth > max_depth)
        co_return error(errc::cycle, error::nowhere, structure);
    virtual_job job{f, data, part, depth, out};
    for (auto const& mapping : data.mappings) {
        auto const read = co_await read_mapping(job, mapping);
        if (!read)
            co_return read;
    }
    co_return result<void>();
}

}  // namespace lindi::array
