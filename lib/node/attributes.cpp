#include "attributes.hpp"

#include "btree_v2_reader.hpp"
#include "fractal_heap_reader.hpp"
#include "types.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/hdf5/message/attribute.hpp>
#include <lindi/hdf5/message/attribute_info.hpp>
#include <lindi/node/heap_reader.hpp>

namespace lindi::node {
namespace {

constexpr char const* structure = "attribute";

/// An attribute message that was found, in the header or in a heap.
struct found_message {
    hdf5::header_message message;
    block owner;  ///< of a message in a heap
    std::optional<std::uint32_t> creation_order;
};

hdf5::header_message part(block_view body, hdf5::message_type type, bool shared)
{
    hdf5::header_message out;
    out.type = type;
    out.flags = shared ? hdf5::message_shared : 0;
    out.body = body;
    return out;
}

/// Copies the value out of the message, which may hold more bytes than the value needs.
result<void> take_value(file& f, block_view stored, attribute& out)
{
    auto const size = checked_multiply(out.space.element_count(), out.type->size);
    if (!size || *size > stored.size())
        return error(errc::truncated, stored.at, structure, "its value is longer than its message");
    if (*size > f.limits().attribute_bytes)
        return error(errc::too_large, stored.at, structure, "limit on attribute bytes");
    if (auto const spent = f.budget().spend_memory(*size + sizeof(attribute), stored.at); !spent)
        return spent;
    auto const value = stored.sub(0, static_cast<std::size_t>(*size)).bytes;
    out.value.assign(value.begin(), value.end());
    return {};
}

task<result<attribute>> read_attribute(file& f, found_message found)
{
    auto const body = co_await read_message_body(f, found.message);
    if (!body)
        co_return body.error();
    auto const parts = hdf5::decode_attribute(body->view);
    if (!parts)
        co_return parts.error();
    attribute out;
    out.name = parts->name;
    out.charset = parts->charset;
    out.creation_order = found.creation_order;
    auto const type_part = part(parts->type, hdf5::message_type::datatype, parts->type_is_shared);
    auto type = co_await read_type(f, type_part);
    if (!type)
        co_return type.error().within("attribute '" + out.name + "'");
    out.type = std::move(*type);
    auto const space_part =
        part(parts->space, hdf5::message_type::dataspace, parts->space_is_shared);
    auto space = co_await read_space(f, space_part);
    if (!space)
        co_return space.error().within("attribute '" + out.name + "'");
    out.space = std::move(*space);
    if (auto const taken = take_value(f, parts->value, out); !taken)
        co_return taken.error().within("attribute '" + out.name + "'");
    auto const heaps = co_await load_heaps(f, out.type, out.value);
    if (!heaps)
        co_return heaps.error().within("attribute '" + out.name + "'");
    co_return out;
}

task<result<std::vector<hdf5::attribute_record>>>
list_records(file& f, std::uint64_t index, std::vector<lindi::bytes>& ids)
{
    std::vector<hdf5::attribute_record> records;
    auto keep = [&](hdf5::btree_v2 const& tree, block_view bytes) -> result<void> {
        auto const record =
            hdf5::decode_attribute_record(bytes, static_cast<std::uint8_t>(tree.type));
        if (!record)
            return record.error();
        if (auto const spent = f.budget().spend_attributes(1, bytes.at); !spent)
            return spent;
        ids.emplace_back(record->heap_id.bytes.begin(), record->heap_id.bytes.end());
        records.push_back(*record);
        records.back().heap_id = {};  // the record's bytes go, `ids` has a copy
        return {};
    };
    std::function<result<void>(hdf5::btree_v2 const&, block_view)> visit = keep;
    auto const visited = co_await visit_btree_v2(f, index, std::move(visit));
    if (!visited)
        co_return visited.error().within("attribute index");
    co_return records;
}

/// Messages of the dense storage. Those that are shared lie in the heap for shared messages
/// instead.
task<void>
list_dense(file& f, hdf5::attribute_info info, object& out, std::vector<found_message>& found)
{
    std::vector<lindi::bytes> ids;
    auto const records = co_await list_records(f, info.name_index, ids);
    if (!records) {
        out.problems.push_back(records.error());
        co_return;
    }
    std::vector<lindi::bytes> own, shared;
    for (std::size_t i = 0; i < ids.size(); ++i)
        (((*records)[i].message_flags & hdf5::message_shared) != 0 ? shared : own)
            .push_back(ids[i]);
    auto const shared_heap =
        f.shared_heaps[static_cast<std::size_t>(hdf5::message_type::attribute)];
    result<std::vector<result<block>>> from_own = std::vector<result<block>>();
    result<std::vector<result<block>>> from_shared = std::vector<result<block>>();
    if (!own.empty())
        from_own = co_await read_heap_objects(f, info.heap, std::move(own));
    if (!shared.empty())
        from_shared = co_await read_heap_objects(f, shared_heap, std::move(shared));
    for (auto const* const heap : {&from_own, &from_shared})
        if (!*heap)
            out.problems.push_back(heap->error().within("attributes"));

    std::size_t next_own = 0, next_shared = 0;
    for (auto const& record : *records) {
        bool const is_shared = (record.message_flags & hdf5::message_shared) != 0;
        auto const& heap = is_shared ? from_shared : from_own;
        auto& next = is_shared ? next_shared : next_own;
        if (!heap)
            continue;
        auto const& object = (*heap)[next++];
        if (!object) {
            out.problems.push_back(object.error().within("attribute"));
            continue;
        }
        found_message message;
        message.message = part(object->view, hdf5::message_type::attribute, false);
        message.owner = *object;
        if (info.tracks_order)
            message.creation_order = record.creation_order;
        found.push_back(std::move(message));
    }
}

task<void>
list_messages(file& f, object_header const& header, object& out, std::vector<found_message>& found)
{
    for (auto const& message : header.messages) {
        if (message.type != hdf5::message_type::attribute)
            continue;
        std::optional<std::uint32_t> order;
        if (message.creation_order)
            order = *message.creation_order;
        found.push_back({message, {}, order});
    }
    auto const* const info_message = header.find(hdf5::message_type::attribute_info);
    if (info_message == nullptr)
        co_return;
    auto const info = hdf5::decode_attribute_info(info_message->body, f.sizes());
    if (!info) {
        out.problems.push_back(info.error());
        co_return;
    }
    if (info->heap == hdf5::undefined_address)
        co_return;
    out.dense_attributes = true;
    co_await list_dense(f, *info, out, found);
}

}  // namespace

task<void> read_attributes(file& f, object_header const& header, object& out)
{
    std::vector<found_message> found;
    co_await list_messages(f, header, out, found);
    if (found.empty())
        co_return;
    if (auto const spent = f.budget().spend_attributes(found.size(), found[0].message.body.at);
        !spent) {
        out.problems.push_back(spent.error());
        co_return;
    }
    std::vector<task<result<attribute>>> reads;
    reads.reserve(found.size());
    for (auto const& message : found)
        reads.push_back(read_attribute(f, message));
    auto attributes = co_await when_all(std::move(reads));
    out.attributes.reserve(attributes.size());
    for (auto& attribute : attributes) {
        if (attribute)
            out.attributes.push_back(std::move(*attribute));
        else
            out.problems.push_back(attribute.error());
    }
}

}  // namespace lindi::node
