#include "types.hpp"

#include <lindi/hdf5/message/dataspace.hpp>
#include <lindi/hdf5/message/datatype.hpp>
#include <lindi/hdf5/shared_message.hpp>

namespace lindi::node {
namespace {

/// Bytes that a type takes, with all in it. Recursion is as deep as the type, which is bounded.
std::uint64_t memory_of(hdf5::datatype const& type)
{
    std::uint64_t out =
        sizeof(type) + type.tag.size() + type.dimensions.size() * sizeof(std::uint32_t);
    for (auto const& member : type.members)
        out += sizeof(member) + member.name.size() + memory_of(*member.type);
    for (auto const& value : type.values)
        out += sizeof(value) + value.name.size() + value.value.size();
    if (type.base)
        out += memory_of(*type.base);
    return out;
}

task<result<hdf5::datatype_ptr>> read_committed(file& f, std::uint64_t header)
{
    auto const body = co_await read_message_of(f, header, hdf5::message_type::datatype);
    if (!body)
        co_return body.error();
    auto const type = decode_type(f, body->view);
    if (!type)
        co_return type;
    auto committed = std::make_shared<hdf5::datatype>(**type);
    committed->committed_at = header;
    co_return hdf5::datatype_ptr(std::move(committed));
}

}  // namespace

result<hdf5::datatype_ptr> decode_type(file& f, block_view body)
{
    auto const text = as_text(body.bytes);
    if (auto const known = f.types.find(text); known != f.types.end())
        return known->second;
    auto type = hdf5::decode_datatype(body, f.sizes(), f.limits().type_nesting);
    if (!type)
        return type;
    auto const memory = memory_of(**type) + text.size();
    if (auto const spent = f.budget().spend_memory(memory, body.at); !spent)
        return spent.error();
    f.types.emplace(text, *type);
    return type;
}

task<result<hdf5::datatype_ptr>> read_type(file& f, hdf5::header_message message)
{
    if ((message.flags & hdf5::message_shared) == 0)
        co_return decode_type(f, message.body);
    auto const shared = hdf5::decode_shared_message(message.body, f.sizes());
    if (!shared)
        co_return shared.error();
    if (shared->where == hdf5::shared_message::place::object_header) {
        auto read = read_committed(f, shared->header);
        auto const* const type = co_await f.committed_types.get(shared->header, std::move(read));
        co_return *type;
    }
    auto const body = co_await read_message_body(f, message);
    if (!body)
        co_return body.error();
    co_return decode_type(f, body->view);
}

task<result<hdf5::dataspace>> read_space(file& f, hdf5::header_message message)
{
    if ((message.flags & hdf5::message_shared) == 0)
        co_return hdf5::decode_dataspace(message.body, f.sizes());
    auto const body = co_await read_message_body(f, message);
    if (!body)
        co_return body.error();
    co_return hdf5::decode_dataspace(body->view, f.sizes());
}

}  // namespace lindi::node
