#include <lindi/hdf5/checksum.hpp>
#include <lindi/hdf5/object_header.hpp>

#include <algorithm>

namespace lindi::hdf5 {
namespace {

constexpr char const* name = "object header";
constexpr char const* continuation_name = "object header continuation";

constexpr std::size_t old_message_header = 8;
constexpr std::size_t checksum_size = 4;

/// Bits of object_header_prefix::flags, version 2.
constexpr unsigned size_width_mask = 0x03;
constexpr unsigned tracks_attribute_order = 0x04;
constexpr unsigned stores_phase_change = 0x10;
constexpr unsigned stores_times = 0x20;
constexpr unsigned known_flags = 0x3f;

std::size_t message_header_size(object_header_prefix const& prefix)
{
    if (prefix.version == 1)
        return old_message_header;
    return prefix.flags & tracks_attribute_order ? 6 : 4;
}

object_header_prefix read_old_prefix(cursor& c)
{
    object_header_prefix out;
    out.version = c.expect_version(1, 1);
    c.skip(1);
    out.message_count = c.u16();
    out.reference_count = c.u32();
    out.first_block_size = c.u32();
    c.align(8);
    return out;
}

object_header_prefix read_new_prefix(cursor& c)
{
    object_header_prefix out;
    c.expect_signature("OHDR");
    out.version = c.expect_version(2, 2);
    out.flags = c.u8();
    c.require((out.flags & ~known_flags) == 0, errc::bad_value, "reserved flags");
    if (out.flags & stores_times)
        for (auto& time : out.times)
            time = c.u32();
    if (out.flags & stores_phase_change) {
        out.max_compact_attributes = c.u16();
        out.min_dense_attributes = c.u16();
    }
    out.first_block_size = c.uint(1u << (out.flags & size_width_mask));
    return out;
}

/// Combinations that would leave open what the message means.
bool flags_agree(unsigned flags)
{
    if ((flags & message_shared) && (flags & message_not_shareable))
        return false;
    if ((flags & message_not_shareable) && (flags & message_shareable))
        return false;
    if (!(flags & was_unknown))
        return true;
    return (flags & mark_if_unknown) && !(flags & fail_if_unknown);
}

/// The type for libhdf5's own tests means nothing to a reader either.
bool is_known(message_type type)
{
    return type <= message_type::cache_image && type != message_type::bogus;
}

/// Types whose body may be elsewhere. Reading where it is as the body itself would be a guess.
bool may_be_shared(message_type type)
{
    switch (type) {
    case message_type::dataspace:
    case message_type::datatype:
    case message_type::old_fill_value:
    case message_type::fill_value:
    case message_type::filter_pipeline:
    case message_type::attribute:
        return true;
    default:
        return !is_known(type);
    }
}

void check_meaning(cursor& c, header_message const& message)
{
    c.require(flags_agree(message.flags), errc::bad_value, "message flags that contradict");
    auto const type_text = [&message] {
        return "message type " + std::to_string(static_cast<unsigned>(message.type));
    };
    if (!is_known(message.type) && (message.flags & fail_if_unknown))
        c.fail(errc::unsupported, type_text() + " must be understood");
    if ((message.flags & message_shared) && !may_be_shared(message.type))
        c.fail(errc::bad_value, type_text() + " is marked as shared");
}

header_message read_message(cursor& c, object_header_prefix const& prefix)
{
    bool const old = prefix.version == 1;
    header_message out;
    out.type = static_cast<message_type>(c.uint(old ? 2 : 1));
    auto const size = c.u16();
    out.flags = c.u8();
    if (old) {
        c.skip(3);
        c.require(size % 8 == 0, errc::bad_value, "message size is not a multiple of 8");
    } else if (prefix.flags & tracks_attribute_order) {
        out.creation_order = c.u16();
    }
    check_meaning(c, out);
    out.body = c.take(size);
    return out;
}

/// What is left at the end and too short for a message is a gap.
void read_messages(cursor& c, object_header_prefix const& prefix, std::vector<header_message>& out)
{
    constexpr std::size_t usual = 16;
    auto const least = message_header_size(prefix);
    out.reserve(std::min(c.remaining() / least, usual));
    while (c.ok() && c.remaining() >= least)
        out.push_back(read_message(c, prefix));
}

/// The block without its checksum, which version 1 does not have.
result<block_view> checked_block(block_view b, unsigned version, char const* structure)
{
    if (version == 1)
        return b;
    cursor c(b, structure);
    if (b.size() < checksum_size)
        c.skip(checksum_size);
    else
        c.skip(b.size() - checksum_size);
    expect_checksum(c, b);
    return c.finish(b.sub(0, b.size() - checksum_size));
}

}  // namespace

result<object_header_prefix> decode_object_header_prefix(block_view b)
{
    cursor c(b, name);
    bool const old = b.size() > 0 && b.bytes[0] == std::byte{1};
    auto out = old ? read_old_prefix(c) : read_new_prefix(c);
    out.size = c.position();
    c.require(
        out.first_block_size == 0 || out.first_block_size >= message_header_size(out),
        errc::bad_value,
        "first block too small for a message"
    );
    // No header comes near; total_size() must not wrap round.
    c.require(out.first_block_size <= ~0u, errc::bad_value, "first block of 4 GiB or more");
    return c.finish(out);
}

result<std::vector<header_message>>
decode_first_header_block(block_view header, object_header_prefix const& prefix)
{
    if (header.size() < prefix.total_size())
        return error(errc::truncated, header.at + header.size(), name);
    header = header.sub(0, static_cast<std::size_t>(prefix.total_size()));
    auto const block = checked_block(header, prefix.version, name);
    if (!block)
        return block.error();
    cursor c(*block, name);
    c.skip(prefix.size);
    std::vector<header_message> out;
    read_messages(c, prefix, out);
    return c.finish(std::move(out));
}

result<std::vector<header_message>>
decode_continuation_block(block_view b, object_header_prefix const& prefix)
{
    auto const block = checked_block(b, prefix.version, continuation_name);
    if (!block)
        return block.error();
    cursor c(*block, continuation_name);
    if (prefix.version == 2)
        c.expect_signature("OCHK");
    std::vector<header_message> out;
    read_messages(c, prefix, out);
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
