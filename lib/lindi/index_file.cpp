#include <lindi/array/read.hpp>
#include <lindi/lindi/index_file.hpp>
#include <lindi/node/read_graph.hpp>

namespace lindi::rfs {

namespace {

struct index_state {
    export_options options;
    inline_data data;
};

/// Reads what the plan wants to have inline.
task<void> read_inline(node::file& f, node::object_id id, index_state& state)
{
    auto const& data = *f.contents.objects[id].dataset;
    auto const plan = plan_dataset(data, state.options, f.limits(), f.contents.file.size);
    if (plan.form != data_form::inlined)
        co_return;
    auto elements = co_await array::read_all(f, data, f.limits().inline_bytes);
    state.data.insert_or_assign(id, std::move(elements));
}

/// Virtual datasets are made of others, so they wait until all are known.
task<void> read_virtual_inline(node::file& f, index_state& state)
{
    for (node::object_id id = 0; id < f.contents.objects.size(); ++id) {
        auto const& o = f.contents.objects[id];
        if (o.dataset && o.dataset->layout == hdf5::layout_class::virtual_)
            co_await read_inline(f, id, state);
    }
}

/// Reads what the plan wants inline as soon as a dataset is known.
task<void> on_dataset(node::file& f, node::object_id id, index_state& state)
{
    if (f.contents.objects[id].dataset->layout != hdf5::layout_class::virtual_)
        co_await read_inline(f, id, state);
}

node::read_options hooks(node::file& f, index_state& state)
{
    node::read_options out;
    out.load_chunks = [&f, &state](node::dataset const& data) {
        auto const plan = plan_dataset(data, state.options, f.limits(), f.reader().size());
        return needs_chunk_table(data, plan);
    };
    out.on_dataset = [&state](node::file& file, node::object_id id) {
        return on_dataset(file, id, state);
    };
    return out;
}

}  // namespace

task<result<export_report>> index_file(
    node::file& f,
    export_options options,
    text_sink sink,
    std::function<void(std::uint64_t)> on_progress
)
{
    index_state state{std::move(options), {}};
    auto walk = hooks(f, state);
    walk.on_progress = std::move(on_progress);
    auto const read = co_await node::read_graph(f, std::move(walk));
    if (!read)
        co_return read.error();
    co_await read_virtual_inline(f, state);
    co_return write_reference_file(
        f.contents, state.data, state.options, f.budget(), std::move(sink)
    );
}

}  // namespace lindi::rfs
