#include "dataset_reader.hpp"

#include "local_heap_reader.hpp"
#include "problems.hpp"
#include "types.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/hdf5/local_heap.hpp>
#include <lindi/hdf5/message/external_files.hpp>
#include <lindi/hdf5/message/layout.hpp>
#include <lindi/node/heap_reader.hpp>

namespace lindi::node {
namespace {

using hdf5::message_type;

task<result<void>> read_fill(file& f, object_header const& header, dataset& out)
{
    auto const* message = header.find(message_type::fill_value);
    bool const is_old = message == nullptr;
    if (is_old)
        message = header.find(message_type::old_fill_value);
    if (message == nullptr) {
        out.fill.status = hdf5::fill_value::state::undefined;
        co_return result<void>();
    }
    auto const body = co_await read_message_body(f, *message);
    if (!body)
        co_return body.error();
    auto fill =
        is_old ? hdf5::decode_old_fill_value(body->view) : hdf5::decode_fill_value(body->view);
    if (!fill)
        co_return fill.error();
    out.fill = std::move(*fill);
    co_return result<void>();
}

task<result<void>> read_filters(file& f, object_header const& header, dataset& out)
{
    auto const* const message = header.find(message_type::filter_pipeline);
    if (message == nullptr)
        co_return result<void>();
    auto const body = co_await read_message_body(f, *message);
    if (!body)
        co_return body.error();
    auto filters = hdf5::decode_filter_pipeline(body->view);
    if (!filters)
        co_return filters.error();
    out.filters = std::move(*filters);
    co_return result<void>();
}

task<result<void>> read_external(file& f, object_header const& header, dataset& out)
{
    auto const* const message = header.find(message_type::external_files);
    if (message == nullptr)
        co_return result<void>();
    auto const list = hdf5::decode_external_files(message->body, f.sizes());
    if (!list)
        co_return list.error();
    auto const names = co_await read_local_heap(f, list->heap);
    if (!names)
        co_return names.error().within("external file list");
    if (!names->free_list)
        co_return names->free_list.error().within("external file list");
    for (auto const& slot : list->slots) {
        auto const name = hdf5::local_heap_text(names->data.view, slot.name_offset);
        if (!name)
            co_return name.error().within("external file list");
        auto const spent =
            f.budget().spend_memory(sizeof(external_file) + name->size(), names->data.view.at);
        if (!spent)
            co_return spent.error();
        out.external.push_back({std::string(*name), slot.offset, slot.size});
    }
    co_return result<void>();
}

task<result<void>> read_mappings(file& f, hdf5::global_heap_id id, dataset& out)
{
    if (id.collection == 0 || id.collection == hdf5::undefined_address)
        co_return result<void>();
    // A mapping list is what a variable-length element with this id would hold.
    auto element = std::make_shared<hdf5::datatype>();
    element->what = hdf5::type_class::reference;
    element->reference = hdf5::reference_kind::region;
    element->size = static_cast<std::uint32_t>(hdf5::global_heap_id_size(f.sizes()));
    lindi::bytes encoded(element->size);
    for (unsigned i = 0; i < f.sizes().offsets; ++i)
        encoded[i] = static_cast<std::byte>(id.collection >> 8 * i);
    for (unsigned i = 0; i < 4; ++i)
        encoded[f.sizes().offsets + i] = static_cast<std::byte>(id.index >> 8 * i);
    auto const loaded = co_await load_heaps(f, element, encoded);
    if (!loaded)
        co_return loaded.error();
    auto const object = f.contents.heap.find(id);
    if (!object)
        co_return object.error().within("virtual mappings");
    auto mappings = hdf5::decode_virtual_mappings(*object, f.sizes());
    if (!mappings)
        co_return mappings.error();
    out.mappings = std::move(*mappings);
    co_return result<void>();
}

result<void> take_contiguous(file const& f, hdf5::layout const& layout, dataset& out)
{
    auto const logical = checked_multiply(out.space.element_count(), out.type->size);
    if (!logical)
        return error(
            errc::bad_value, error::nowhere, "layout message", "size does not fit 64 bits"
        );
    out.contiguous_size = layout.size.value_or(*logical);
    if (layout.address == hdf5::undefined_address || !out.external.empty())
        return {};
    out.offset = checked_add(f.contents.file.superblock.base_address, layout.address);
    auto const end = out.offset ? checked_add(*out.offset, out.contiguous_size) : std::nullopt;
    if (!end || *end > f.contents.file.size)
        return error(
            errc::truncated, layout.address, "contiguous data", "it runs past the end of the file"
        );
    if (*logical > out.contiguous_size)
        return error(
            errc::bad_value, *out.offset, "contiguous data", "fewer bytes than elements need"
        );
    return {};
}

task<result<void>> read_layout(file& f, object_header const& header, dataset& out)
{
    auto const* const message = header.find(message_type::layout);
    if (message == nullptr)
        co_return error(errc::not_found, header.blocks[0].view.at, "layout message");
    auto const body = co_await read_message_body(f, *message);
    if (!body)
        co_return body.error();
    auto layout = hdf5::decode_layout(body->view, f.sizes());
    if (!layout)
        co_return layout.error();
    out.layout = layout->what;
    switch (layout->what) {
    case hdf5::layout_class::compact:
        out.compact.assign(layout->compact.bytes.begin(), layout->compact.bytes.end());
        break;
    case hdf5::layout_class::contiguous:
        co_return take_contiguous(f, *layout, out);
    case hdf5::layout_class::chunked:
        out.chunking = std::move(layout->chunks);
        if (out.chunking.shape.size() != out.space.rank())
            co_return error(
                errc::bad_value,
                body->view.at,
                "layout message",
                "chunks of another rank than the dataspace"
            );
        break;
    case hdf5::layout_class::virtual_:
        co_return co_await read_mappings(f, layout->virtual_mappings, out);
    }
    co_return result<void>();
}

std::uint64_t memory_of(hdf5::selection const& s)
{
    return sizeof(s) + s.regular.size() * sizeof(s.regular[0]) +
           (s.points.size() + s.blocks.size()) * sizeof(std::uint64_t);
}

/// Bytes that a dataset takes, apart from its type, its chunk table and external files.
std::uint64_t memory_of(dataset const& data)
{
    std::uint64_t out = sizeof(data) + data.compact.size() + data.fill.value.size();
    for (auto const& filter : data.filters.filters)
        out +=
            sizeof(filter) + filter.name.size() + filter.client_data.size() * sizeof(std::uint32_t);
    for (auto const& mapping : data.mappings)
        out += memory_of(mapping.source) + memory_of(mapping.target);
    return out;
}

/// Files from before there was a fill value message allocate as their layout makes it natural.
hdf5::fill_value::allocation natural_allocation(hdf5::layout_class layout)
{
    using allocation = hdf5::fill_value::allocation;
    switch (layout) {
    case hdf5::layout_class::compact:
        return allocation::early;
    case hdf5::layout_class::contiguous:
        return allocation::late;
    default:
        return allocation::incremental;
    }
}

}  // namespace

task<result<void>> read_dataset(file& f, object_header const& header, object& out)
{
    auto data = std::make_unique<dataset>();
    auto type = co_await read_type(f, *header.find(message_type::datatype));
    if (!type)
        co_return type.error();
    auto space = co_await read_space(f, *header.find(message_type::dataspace));
    if (!space)
        co_return space.error();
    data->type = std::move(*type);
    data->space = std::move(*space);

    auto const note = [&](result<void> const& done) {
        if (done)
            return;
        add_problem(f, out.problems, done.error());
        if (!data->unreadable)
            data->unreadable = done.error();
    };
    auto const fill = co_await read_fill(f, header, *data);
    note(fill);
    auto const filters = co_await read_filters(f, header, *data);
    note(filters);
    auto const external = co_await read_external(f, header, *data);
    note(external);
    auto const layout = co_await read_layout(f, header, *data);
    note(layout);
    if (!header.has(message_type::fill_value))
        data->fill.allocate = natural_allocation(data->layout);
    if (auto const spent = f.budget().spend_memory(memory_of(*data), out.address); !spent)
        co_return spent.error();
    out.dataset = std::move(data);
    co_return result<void>();
}

}  // namespace lindi::node
