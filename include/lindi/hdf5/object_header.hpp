/// \file
/// Object headers: the messages that describe a group, dataset or committed datatype.
/// HDF5 File Format Specification v3.0, IV.A.1.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <array>
#include <optional>
#include <vector>

namespace lindi::hdf5 {

/// IV.A.2, message types.
enum class message_type : std::uint16_t {
    nil = 0x00,
    dataspace = 0x01,
    link_info = 0x02,
    datatype = 0x03,
    old_fill_value = 0x04,
    fill_value = 0x05,
    link = 0x06,
    external_files = 0x07,
    layout = 0x08,
    bogus = 0x09,
    group_info = 0x0a,
    filter_pipeline = 0x0b,
    attribute = 0x0c,
    comment = 0x0d,
    old_modification_time = 0x0e,
    shared_message_table = 0x0f,
    continuation = 0x10,
    symbol_table = 0x11,
    modification_time = 0x12,
    btree_k = 0x13,
    driver_info = 0x14,
    attribute_info = 0x15,
    reference_count = 0x16,
    file_space_info = 0x17,
    cache_image = 0x18,
};

/// Bits of header_message::flags.
enum message_flag : std::uint8_t {
    message_constant = 0x01,
    message_shared = 0x02,  ///< the body says where the message is: shared_message.hpp
    message_not_shareable = 0x04,
    fail_if_unknown_and_writing = 0x08,
    mark_if_unknown = 0x10,
    was_unknown = 0x20,
    message_shareable = 0x40,
    fail_if_unknown = 0x80,
};

struct header_message {
    message_type type = message_type::nil;
    std::uint8_t flags = 0;
    std::optional<std::uint16_t> creation_order;  ///< version 2 headers that track it
    block_view body;                              ///< lies in the header block
};

/// What stands before the first message.
struct object_header_prefix {
    std::uint8_t version = 1;  ///< 1 or 2
    std::uint8_t flags =
        0;  ///< version 2: bits 0-1 width, 2-3 attribute creation order, 4 phase change, 5 times
    std::uint16_t message_count = 0;    ///< version 1
    std::uint32_t reference_count = 1;  ///< version 1; version 2 has a message for it
    std::array<std::uint32_t, 4>
        times{};  ///< access, modification, change, birth; seconds since 1970; 0: not stored
    std::uint16_t max_compact_attributes = 8;
    std::uint16_t min_dense_attributes = 6;
    std::size_t size = 0;                ///< bytes in front of the first message
    std::uint64_t first_block_size = 0;  ///< bytes of messages in the first block, gap included

    /// Bytes of prefix, first block and checksum together.
    std::uint64_t total_size() const noexcept
    {
        return size + first_block_size + (version == 2 ? 4 : 0);
    }
};

/// No prefix is longer than this.
inline constexpr std::size_t max_object_header_prefix = 34;

/// \param b  from the address of the header on; max_object_header_prefix bytes, less at the end of
/// a file \return the prefix, or errc::truncated, bad_signature, unsupported_version, bad_value
[[nodiscard]] result<object_header_prefix> decode_object_header_prefix(block_view b);

/// \param header  exactly prefix.total_size() bytes
/// \return the messages in order, NIL ones included; or errc::truncated, bad_checksum, bad_value,
/// unsupported
///   (a message of unknown type that says readers must know it)
[[nodiscard]] result<std::vector<header_message>>
decode_first_header_block(block_view header, object_header_prefix const& prefix);

/// \param b  the whole continuation block: for version 2 with signature OCHK and checksum
/// \return as above, or errc::bad_signature
[[nodiscard]] result<std::vector<header_message>>
decode_continuation_block(block_view b, object_header_prefix const& prefix);

}  // namespace lindi::hdf5
