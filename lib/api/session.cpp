#include "session.hpp"

#include <lindi/array/read.hpp>
#include <lindi/array/read_points.hpp>
#include <lindi/node/chunk_list.hpp>
#include <lindi/node/heap_reader.hpp>
#include <lindi/node/paths.hpp>

namespace lindi::api {

session::session(std::unique_ptr<backend> from, std::uint64_t chunk_cache)
    : from_(std::move(from)), graph_(from_->file().contents)
{
    from_->file().decoded_chunks.set_capacity(chunk_cache);
}

result<void> session::load(std::function<void(std::uint64_t)> on_progress)
{
    node::read_options options;
    // Chunk tables can be large; readings walk the index for what they touch.
    options.load_chunks = [](node::dataset const&) { return false; };
    options.on_progress = std::move(on_progress);
    auto const done = from_->read_graph(std::move(options));
    if (!done)
        return done.error().within(reader().name());
    paths_ = node::first_paths(graph(), node::walk_order::by_name);
    return {};
}

result<void> session::visit(
    hdf5::datatype_ptr const& type,
    std::span<std::byte const> elements,
    std::function<result<void>(elements_view)> const& visit
)
{
    std::lock_guard const lock(alone_);
    auto const loaded = reader().run(node::load_heaps(from_->file(), type, elements));
    if (!loaded)
        return loaded;
    return visit({*type, elements, graph(), paths_});
}

io::read_stats session::stats()
{
    std::lock_guard const lock(alone_);
    return reader().stats();
}

result<void> session::check_cancelled() const
{
    if (cancelled_)
        return error(errc::cancelled, error::nowhere, "file");
    return {};
}

/// Who reads a dataset twice will read it again: its chunk table is worth having, if it is not too
/// large. A broken index shows when its chunks are read.
node::dataset const& session::with_table(node::object_id id)
{
    constexpr std::uint64_t most_chunks = 1'000'000;
    auto& data = *graph_.objects[id].dataset;
    bool const wanted = data.layout == hdf5::layout_class::chunked && !data.chunks &&
                        data.chunk_grid_size().value_or(most_chunks + 1) <= most_chunks;
    if (wanted && ++times_read_[id] == 2)
        if (auto table = reader().run(node::list_chunks(from_->file(), data)))
            data.chunks = std::move(*table);
    return data;
}

result<lindi::bytes> session::read(node::object_id id, hyperslab part)
{
    std::lock_guard const lock(alone_);
    if (auto const going = check_cancelled(); !going)
        return going.error();
    return reader().run(array::read_piece(from_->file(), with_table(id), std::move(part)));
}

result<void> session::read(node::object_id id, hyperslab part, std::span<std::byte> out)
{
    std::lock_guard const lock(alone_);
    if (auto const going = check_cancelled(); !going)
        return going;
    return reader().run(array::read_into(from_->file(), with_table(id), std::move(part), out));
}

result<void> session::read(node::object_id id, point_list const& points, std::span<std::byte> out)
{
    std::lock_guard const lock(alone_);
    if (auto const going = check_cancelled(); !going)
        return going;
    return reader().run(array::read_points(from_->file(), with_table(id), points, out));
}

}  // namespace lindi::api
