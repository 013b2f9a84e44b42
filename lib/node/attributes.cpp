#include "attributes.hpp"

#include "btree_v2_reader.hpp"
#include "fractal_heap_reader.hpp"
#include "problems.hpp"
#include "types.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/hdf5/message/attribute.hpp>
#include <lindi/hdf5/message/attribute_info.hpp>
#include <lindi/hdf5/message/dataspace.hpp>
#include <lindi/node/heap_reader.hpp>

#include <utility>

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
    auto const memory = *size + sizeof(attribute) + out.name.size();
    if (auto const spent = f.budget().spend_memory(memory, stored.at); !spent)
        return spent;
    auto const value = stored.sub(0, static_cast<std::size_t>(*size)).bytes;
    out.value.assign(value.begin(), value.end());
    return {};
}

std::string trail(std::string_view name)
{
    return "attribute '" + std::string(name) + "'";
}

/// Everything but what the value points to.
result<attribute> to_attribute(
    file& f,
    found_message const& found,
    hdf5::attribute_message&& parts,
    result<hdf5::datatype_ptr> type,
    result<hdf5::dataspace> space
)
{
    if (!type)
        return type.error().within(trail(parts.name));
    if (!space)
        return space.error().within(trail(parts.name));
    attribute out;
    out.name = std::move(parts.name);
    out.charset = parts.charset;
    out.creation_order = found.creation_order;
    out.type = std::move(*type);
    out.space = std::move(*space);
    if (auto const taken = take_value(f, parts.value, out); !taken)
        return taken.error().within(trail(out.name));
    return out;
}

/// Most attributes stand in one message, and tasks for their parts would be most of the work.
/// \return nothing, and nothing was spent, when a part is shared
std::optional<result<attribute>> decode_whole(file& f, found_message const& found)
{
    if ((found.message.flags & hdf5::message_shared) != 0)
        return std::nullopt;
    auto parts = hdf5::decode_attribute(found.message.body);
    if (!parts)
        return result<attribute>(parts.error());
    if (parts->type_is_shared || parts->space_is_shared)
        return std::nullopt;
    auto type = decode_type(f, parts->type);
    auto space = type ? hdf5::decode_dataspace(parts->space, f.sizes()) : hdf5::dataspace();
    return to_attribute(f, found, std::move(*parts), std::move(type), std::move(space));
}

task<result<attribute>> read_parts(file& f, found_message const& found)
{
    auto const body = co_await read_message_body(f, found.message);
    if (!body)
        co_return body.error();
    auto parts = hdf5::decode_attribute(body->view);
    if (!parts)
        co_return parts.error();
    auto const type_part = part(parts->type, hdf5::message_type::datatype, parts->type_is_shared);
    auto type = co_await read_type(f, type_part);
    if (!type)
        co_return type.error().within(trail(parts->name));
    auto const space_part =
        part(parts->space, hdf5::message_type::dataspace, parts->space_is_shared);
    auto space = co_await read_space(f, space_part);
    co_return to_attribute(f, found, std::move(*parts), std::move(type), std::move(space));
}

task<void> load_value(file& f, result<attribute>& out)
{
    if (!out)
        co_return;
    auto const heaps = co_await load_heaps(f, out->type, out->value);
    if (!heaps)
        out = heaps.error().within(trail(out->name));
}

task<void> read_attribute(file& f, found_message const& found, result<attribute>& out)
{
    out = co_await read_parts(f, found);
    co_await load_value(f, out);
}

/// In the order of the messages.
task<std::vector<result<attribute>>> read_all(file& f, std::vector<found_message> const& found)
{
    std::vector<result<attribute>> out(found.size(), attribute());
    std::vector<task<void>> elsewhere;
    for (std::size_t i = 0; i < found.size(); ++i) {
        auto whole = decode_whole(f, found[i]);
        if (!whole) {
            elsewhere.push_back(read_attribute(f, found[i], out[i]));
            continue;
        }
        out[i] = std::move(*whole);
        if (out[i] && !are_heaps_loaded(f, *out[i]->type, out[i]->value))
            elsewhere.push_back(load_value(f, out[i]));
    }
    if (!elsewhere.empty())
        co_await when_all(std::move(elsewhere));
    co_return out;
}

/// Records of an attribute index, in its order, whose heap ids are in one of two lists.
struct attribute_ids {
    std::vector<hdf5::attribute_record> records;
    std::vector<lindi::bytes> own;     ///< ids in the object's heap
    std::vector<lindi::bytes> shared;  ///< ids in the heap for shared attributes
    memory_lease held;
    result<void> complete{};  ///< or why records are missing
};

bool is_shared(hdf5::attribute_record const& record)
{
    return (record.message_flags & hdf5::message_shared) != 0;
}

task<attribute_ids> list_ids(file& f, std::uint64_t index)
{
    attribute_ids out{{}, {}, {}, memory_lease(f.budget())};
    auto keep = [&out](hdf5::btree_v2 const& tree, block_view bytes) -> result<void> {
        auto record = hdf5::decode_attribute_record(bytes, static_cast<std::uint8_t>(tree.type));
        if (!record)
            return record.error();
        auto const id = std::exchange(record->heap_id, {}).bytes;  // goes with the tree's node
        auto const size = sizeof(*record) + sizeof(lindi::bytes) + id.size();
        if (auto const taken = out.held.take(size, bytes.at); !taken)
            return taken;
        (is_shared(*record) ? out.shared : out.own).emplace_back(id.begin(), id.end());
        out.records.push_back(*record);
        return {};
    };
    std::function<result<void>(hdf5::btree_v2 const&, block_view)> visit = keep;
    auto const visited = co_await visit_btree_v2(f, index, std::move(visit));
    if (!visited)
        out.complete = visited.error().within("attribute index");
    co_return out;
}

/// The objects with these ids; all of them fail when the heap's header cannot be read.
task<heap_objects> read_objects(file& f, result<opened_heap> heap, std::vector<lindi::bytes> ids)
{
    if (heap && !ids.empty())
        co_return co_await read_heap_objects(f, std::move(*heap), std::move(ids));
    heap_objects none{{}, memory_lease(f.budget())};
    if (!heap)
        none.items.assign(ids.size(), heap.error());
    co_return none;
}

task<heap_objects> read_shared_objects(file& f, std::vector<lindi::bytes> ids)
{
    auto const address = f.shared_heaps[static_cast<std::size_t>(hdf5::message_type::attribute)];
    result<opened_heap> heap =
        error(errc::not_found, address, structure, "no heap for shared ones");
    if (!ids.empty() && address != hdf5::undefined_address)
        heap = co_await open_heap(f, address);
    co_return co_await read_objects(f, std::move(heap), std::move(ids));
}

/// Messages of the dense storage. Those that are shared lie in the heap for shared messages
/// instead.
task<void>
list_dense(file& f, hdf5::attribute_info info, object& out, std::vector<found_message>& found)
{
    auto list = list_ids(f, info.name_index);
    auto header = open_heap(f, info.heap);
    auto [ids, heap] = co_await when_both(std::move(list), std::move(header));
    if (!ids.complete)
        add_problem(f, out.problems, ids.complete.error());
    auto read_own = read_objects(f, std::move(heap), std::move(ids.own));
    auto read_shared = read_shared_objects(f, std::move(ids.shared));
    auto const [own, shared] = co_await when_both(std::move(read_own), std::move(read_shared));

    std::size_t next_own = 0, next_shared = 0;
    for (auto const& record : ids.records) {
        auto const& object =
            is_shared(record) ? shared.items[next_shared++] : own.items[next_own++];
        if (!object) {
            add_problem(f, out.problems, object.error().within("attribute"));
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
    found.reserve(header.messages.size());
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
        add_problem(f, out.problems, info.error());
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
    if (auto const spent = f.budget().spend_attributes(found.size(), out.address); !spent) {
        add_problem(f, out.problems, spent.error());
        co_return;
    }
    auto attributes = co_await read_all(f, found);
    out.attributes.reserve(attributes.size());
    for (auto& attribute : attributes) {
        if (attribute)
            out.attributes.push_back(std::move(*attribute));
        else
            add_problem(f, out.problems, attribute.error());
    }
}

}  // namespace lindi::node
