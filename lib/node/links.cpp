#include "links.hpp"

#include "btree_v2_reader.hpp"
#include "fractal_heap_reader.hpp"
#include "problems.hpp"
#include "symbol_table_links.hpp"

#include <lindi/hdf5/message/link_info.hpp>
#include <lindi/hdf5/symbol_table.hpp>

namespace lindi::node {
namespace {

/// Ids of the records of a link index, in its order.
struct link_ids {
    std::vector<lindi::bytes> ids;
    memory_lease held;
    result<void> complete{};  ///< or why records are missing
};

task<link_ids> list_ids(file& f, std::uint64_t index)
{
    link_ids out{{}, memory_lease(f.budget())};
    auto keep = [&out](hdf5::btree_v2 const& tree, block_view record) -> result<void> {
        auto const id = hdf5::decode_link_record(record, static_cast<std::uint8_t>(tree.type));
        if (!id)
            return id.error();
        if (auto const taken = out.held.take(sizeof(lindi::bytes) + id->size(), record.at); !taken)
            return taken;
        out.ids.emplace_back(id->bytes.begin(), id->bytes.end());
        return {};
    };
    std::function<result<void>(hdf5::btree_v2 const&, block_view)> visit = keep;
    auto const visited = co_await visit_btree_v2(f, index, std::move(visit));
    if (!visited)
        out.complete = visited.error().within("link index");
    co_return out;
}

task<void> list_dense(file& f, hdf5::link_info info, link_listing& out)
{
    auto list = list_ids(f, info.name_index);
    auto header = open_heap(f, info.heap);
    auto [found, heap] = co_await when_both(std::move(list), std::move(header));
    if (!found.complete)
        add_problem(f, out.problems, found.complete.error());
    if (!heap) {
        add_problem(f, out.problems, heap.error().within("links"));
        co_return;
    }
    auto const objects = co_await read_heap_objects(f, std::move(*heap), std::move(found.ids));
    for (auto const& object : objects.items) {
        auto link = object ? hdf5::decode_link(object->view, f.sizes())
                           : result<stored_link>(object.error().within("link"));
        if (!add_link(f, out, std::move(link)))
            break;
    }
}

task<void>
list_new_format(file& f, object_header const& header, hdf5::link_info info, link_listing& out)
{
    out.storage = link_storage::compact;
    out.tracks_order = info.tracks_order;
    out.indexes_order = info.indexes_order;
    out.max_creation_index = info.max_creation_index;
    for (auto const& message : header.messages)
        if (message.type == hdf5::message_type::link &&
            !add_link(f, out, hdf5::decode_link(message.body, f.sizes())))
            co_return;
    if (info.heap == hdf5::undefined_address)
        co_return;
    out.storage = link_storage::dense;
    co_await list_dense(f, info, out);
}

}  // namespace

bool add_link(file& f, link_listing& out, result<stored_link> link)
{
    if (!link) {
        add_problem(f, out.problems, link.error());
        return true;
    }
    auto const size = sizeof(node::link) + link->name.size() + link->target.size() +
                      link->target_file.size() + link->user_data.size();
    auto spent = f.budget().spend_links(1, link->header);
    if (spent)
        spent = f.budget().spend_memory(size, link->header);
    if (spent)
        out.links.push_back(std::move(*link));
    else
        add_problem(f, out.problems, spent.error());
    return spent.has_value();
}

task<link_listing> list_links(file& f, object_header const& header)
{
    link_listing out;
    if (auto const* const message = header.find(hdf5::message_type::link_info)) {
        auto const info = hdf5::decode_link_info(message->body, f.sizes());
        if (info)
            co_await list_new_format(f, header, *info, out);
        else
            add_problem(f, out.problems, info.error());
    } else if (auto const* const old = header.find(hdf5::message_type::symbol_table)) {
        auto const table = hdf5::decode_symbol_table_message(old->body, f.sizes());
        if (table)
            co_await list_symbol_table(f, *table, out);
        else
            add_problem(f, out.problems, table.error());
    }
    co_return out;
}

}  // namespace lindi::node
