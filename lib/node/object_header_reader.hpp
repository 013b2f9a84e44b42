/// \file
/// An object header with its continuations.

#pragma once

#include <lindi/hdf5/object_header.hpp>
#include <lindi/node/file.hpp>

namespace lindi::node {

struct object_header {
    explicit object_header(budget& from) : held(from) {}

    std::uint64_t address = hdf5::undefined_address;
    hdf5::object_header_prefix prefix;
    std::vector<hdf5::header_message> messages;  ///< bodies lie in `blocks`
    std::vector<block> blocks;
    memory_lease held;  ///< for messages and blocks

    /// The first message of this type, or null.
    hdf5::header_message const* find(hdf5::message_type type) const noexcept;
    bool has(hdf5::message_type type) const noexcept { return find(type) != nullptr; }
};

/// Reads a header and follows its continuation messages, those of one block together.
/// \return the header; or errc::cycle (a continuation leads back), errc::unsupported (an unknown
/// message that
///   must be understood), and what reading and decoding fail with
task<result<object_header>> read_object_header(file& f, std::uint64_t address);

/// Body of a message: its own bytes, or those of the shared message it stands for.
struct message_body {
    block_view view;
    block owner;  ///< of a shared message
};
task<result<message_body>> read_message_body(file& f, hdf5::header_message message);
/// The message of that type in another object's header: how committed types are referred to.
task<result<message_body>> read_message_of(file& f, std::uint64_t header, hdf5::message_type type);

}  // namespace lindi::node
