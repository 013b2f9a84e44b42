#include "session.hpp"

#include <lindi/array/read.hpp>
#include <lindi/array/read_points.hpp>
#include <lindi/node/heap_reader.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/node/read_graph.hpp>

namespace lindi::api {

session::session(std::unique_ptr<io::source> source, open_options options)
    : source_(std::move(source)), codecs_(std::move(options.filters)), budget_(options.limits),
      reader_(*source_, budget_), file_(reader_, codecs_)
{}

result<void> session::load(std::function<void(std::uint64_t)> on_progress)
{
    node::read_options options;
    // Chunk tables can be large; readings walk the index for what they touch.
    options.load_chunks = [](node::dataset const&) { return false; };
    options.on_progress = std::move(on_progress);
    auto const done = reader_.run(node::read_graph(file_, std::move(options)));
    if (!done)
        return done.error().within(reader_.name());
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
    auto const loaded = reader_.run(node::load_heaps(file_, type, elements));
    if (!loaded)
        return loaded;
    return visit({*type, elements, graph(), paths_});
}

result<void> session::read(node::dataset const& data, hyperslab part, std::span<std::byte> out)
{
    std::lock_guard const lock(alone_);
    return reader_.run(array::read_into(file_, data, std::move(part), out));
}

result<void>
session::read(node::dataset const& data, point_list const& points, std::span<std::byte> out)
{
    std::lock_guard const lock(alone_);
    return reader_.run(array::read_points(file_, data, points, out));
}

}  // namespace lindi::api
