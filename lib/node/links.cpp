#include "links.hpp"

#include "btree_v2_reader.hpp"
#include "fractal_heap_reader.hpp"
#include "symbol_table_links.hpp"

#include <lindi/hdf5/message/link_info.hpp>
#include <lindi/hdf5/symbol_table.hpp>

namespace lindi::node {
namespace {

void add_link(link_listing& out, file const& f, block_view body)
{
    auto link = hdf5::decode_link(body, f.sizes());
    if (link)
        out.links.push_back(std::move(*link));
    else
        out.problems.push_back(link.error());
}

/// Ids of all records of a link index, in its order.
task<result<std::vector<lindi::bytes>>> list_ids(file& f, std::uint64_t index)
{
    std::vector<lindi::bytes> ids;
    auto keep = [&](hdf5::btree_v2 const& tree, block_view record) -> result<void> {
        auto const id = hdf5::decode_link_record(record, static_cast<std::uint8_t>(tree.type));
        if (!id)
            return id.error();
        if (auto const spent = f.budget().spend_links(1, record.at); !spent)
            return spent;
        ids.emplace_back(id->bytes.begin(), id->bytes.end());
        return {};
    };
    std::function<result<void>(hdf5::btree_v2 const&, block_view)> visit = keep;
    auto const visited = co_await visit_btree_v2(f, index, std::move(visit));
    if (!visited)
        co_return visited.error().within("link index");
    co_return ids;
}

task<void> list_dense(file& f, hdf5::link_info info, link_listing& out)
{
    auto ids = co_await list_ids(f, info.name_index);
    if (!ids) {
        out.problems.push_back(ids.error());
        co_return;
    }
    auto const objects = co_await read_heap_objects(f, info.heap, std::move(*ids));
    if (!objects) {
        out.problems.push_back(objects.error().within("links"));
        co_return;
    }
    for (auto const& object : *objects) {
        if (object)
            add_link(out, f, object->view);
        else
            out.problems.push_back(object.error().within("link"));
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
        if (message.type == hdf5::message_type::link)
            add_link(out, f, message.body);
    if (info.heap == hdf5::undefined_address)
        co_return;
    out.storage = link_storage::dense;
    co_await list_dense(f, info, out);
}

}  // namespace

task<link_listing> list_links(file& f, object_header const& header)
{
    link_listing out;
    if (auto const* const message = header.find(hdf5::message_type::link_info)) {
        auto const info = hdf5::decode_link_info(message->body, f.sizes());
        if (info)
            co_await list_new_format(f, header, *info, out);
        else
            out.problems.push_back(info.error());
    } else if (auto const* const old = header.find(hdf5::message_type::symbol_table)) {
        auto const table = hdf5::decode_symbol_table_message(old->body, f.sizes());
        if (table)
            co_await list_symbol_table(f, *table, out);
        else
            out.problems.push_back(table.error());
    }
    co_return out;
}

}  // namespace lindi::node
