#include "object_header_reader.hpp"

#include "fractal_heap_reader.hpp"

#include <lindi/hdf5/shared_message.hpp>

#include <algorithm>
#include <unordered_set>

namespace lindi::node {
namespace {

constexpr char const* structure = "object header";
/// Bytes read before the size is known: most headers fit.
constexpr std::uint64_t first_read = 512;

task<result<block>>
read_first_block(file& f, std::uint64_t address, hdf5::object_header_prefix& prefix)
{
    auto start = co_await f.read_up_to(address, first_read, structure);
    if (!start)
        co_return start;
    auto const decoded = hdf5::decode_object_header_prefix(start->view);
    if (!decoded)
        co_return decoded.error();
    prefix = *decoded;
    if (prefix.total_size() > start->view.size())
        co_return co_await f.read(address, prefix.total_size(), structure);
    start->view = start->view.sub(0, static_cast<std::size_t>(prefix.total_size()));
    co_return start;
}

/// Continuations named by messages from index `first` on; each place may be named once.
result<std::vector<io::byte_range>> continuations(
    file const& f,
    object_header const& header,
    std::size_t first,
    std::unordered_set<std::uint64_t>& seen
)
{
    std::vector<io::byte_range> out;
    for (std::size_t i = first; i < header.messages.size(); ++i) {
        auto const& message = header.messages[i];
        if (message.type != hdf5::message_type::continuation)
            continue;
        auto const place = hdf5::decode_continuation(message.body, f.sizes());
        if (!place)
            return place.error();
        auto const offset = f.offset_of(place->offset, "object header continuation");
        if (!offset)
            return offset.error();
        if (seen.empty())
            seen.insert(header.blocks[0].view.at);
        if (!seen.insert(*offset).second)
            return error(errc::cycle, *offset, "object header continuation");
        out.push_back({*offset, place->size});
    }
    return out;
}

result<void> append_block(
    object_header& header, block const& b, result<std::vector<hdf5::header_message>> messages
)
{
    if (!messages)
        return messages.error();
    auto const size = b.view.size() + messages->size() * sizeof(hdf5::header_message);
    if (auto const taken = header.held.take(size, b.view.at); !taken)
        return taken;
    header.blocks.push_back(b);
    if (header.messages.empty())
        header.messages = std::move(*messages);
    else
        header.messages.insert(header.messages.end(), messages->begin(), messages->end());
    return {};
}

/// A copy: the heap's block need not stay for one message of it.
task<result<block>> read_from_shared_heap(file& f, std::uint64_t heap, lindi::bytes id)
{
    auto const object = co_await read_heap_object(f, heap, block_view{id, heap});
    if (!object)
        co_return object.error().within("shared message");
    auto const bytes = object->view.bytes;
    if (auto const spent = f.budget().spend_memory(bytes.size(), heap); !spent)
        co_return spent.error();
    auto const copy = std::make_shared<lindi::bytes const>(bytes.begin(), bytes.end());
    block out{copy, {*copy, object->view.at}};
    co_return out;
}

/// What many objects share is read once.
task<result<message_body>>
read_shared_body(file& f, block_view description, hdf5::message_type type)
{
    auto const shared = hdf5::decode_shared_message(description, f.sizes());
    if (!shared)
        co_return shared.error();
    if (shared->where == hdf5::shared_message::place::object_header)
        co_return co_await read_message_of(f, shared->header, type);
    auto const number = static_cast<std::size_t>(type);
    auto const heap =
        number < f.shared_heaps.size() ? f.shared_heaps[number] : hdf5::undefined_address;
    lindi::bytes id(shared->heap_id.begin(), shared->heap_id.end());
    auto key = std::to_string(heap) + ' ' + std::string(as_text(id));
    auto read = read_from_shared_heap(f, heap, std::move(id));
    auto const* const body = co_await f.shared_bodies.get(std::move(key), std::move(read));
    if (!*body)
        co_return body->error();
    message_body out{(*body)->view, **body};
    co_return out;
}

}  // namespace

hdf5::header_message const* object_header::find(hdf5::message_type type) const noexcept
{
    auto const found = std::find_if(messages.begin(), messages.end(), [&](auto const& message) {
        return message.type == type;
    });
    return found == messages.end() ? nullptr : &*found;
}

task<result<object_header>> read_object_header(file& f, std::uint64_t address)
{
    object_header out(f.budget());
    out.address = address;
    auto const first = co_await read_first_block(f, address, out.prefix);
    if (!first)
        co_return first.error();
    auto messages = hdf5::decode_first_header_block(first->view, out.prefix);
    if (auto const appended = append_block(out, *first, std::move(messages)); !appended)
        co_return appended.error();

    std::unordered_set<std::uint64_t> seen;  // with the first block, once there are others
    std::size_t looked_at = 0;
    while (looked_at < out.messages.size()) {
        auto next = continuations(f, out, looked_at, seen);
        if (!next)
            co_return next.error();
        if (seen.size() > f.limits().header_blocks)
            co_return error(
                errc::too_large, out.blocks[0].view.at, structure, "limit on header blocks"
            );
        looked_at = out.messages.size();
        if (next->empty())
            break;
        auto blocks = co_await f.reader().read_many(std::move(*next), "object header continuation");
        if (!blocks)
            co_return blocks.error();
        for (auto const& b : *blocks) {
            auto more = hdf5::decode_continuation_block(b.view, out.prefix);
            if (auto const appended = append_block(out, b, std::move(more)); !appended)
                co_return appended.error();
        }
    }
    co_return out;
}

task<result<message_body>> read_message_body(file& f, hdf5::header_message message)
{
    if ((message.flags & hdf5::message_shared) != 0)
        co_return co_await read_shared_body(f, message.body, message.type);
    message_body own;
    own.view = message.body;
    co_return own;
}

task<result<message_body>> read_message_of(file& f, std::uint64_t header, hdf5::message_type type)
{
    auto const object = co_await read_object_header(f, header);
    if (!object)
        co_return object.error().within("shared message");
    auto const* const message = object->find(type);
    if (message == nullptr || (message->flags & hdf5::message_shared) != 0)
        co_return error(
            errc::bad_value, header, "shared message", "no such message in that object header"
        );
    message_body out;
    out.view = message->body;
    for (auto const& b : object->blocks)
        if (b.view.at <= out.view.at && out.view.at + out.view.size() <= b.view.at + b.view.size())
            out.owner = b;
    co_return out;
}

}  // namespace lindi::node
