#include "sample.hpp"

#include <lindi/hdf5/object_header.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

// A dataset's header written by h5py 3.7, without its last messages.
auto const version_1 = hex("01 00"
                           "03 00"                    // messages
                           "01 00 00 00"              // references
                           "40 00 00 00"              // bytes of messages
                           "00 00 00 00"              // padding
                           "03 00 10 00 01 00 00 00"  // datatype, constant
                           "10 08 00 00 02 00 00 00 00 00 10 00 00 00 00 00"
                           "05 00 08 00 01 00 00 00"  // fill value
                           "02 03 00 01 00 00 00 00"
                           "10 00 10 00 00 00 00 00"  // continuation
                           "30 1d 00 00 00 00 00 00 80 00 00 00 00 00 00 00");

// A root group written by h5py 3.7 with libver='latest', its NIL message cut from 56 to 3 bytes.
auto const version_2 = sealed(hex("'OHDR' 02"
                                  "20"  // flags: times
                                  "d4 ac 03 6b | d4 ac 03 6b | d4 ac 03 6b | d4 ac 03 6b"
                                  "43"           // bytes of messages
                                  "02 12 00 00"  // link info, 18 bytes
                                  "00 00 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff"
                                  "0a 02 00 01"  // group info, constant
                                  "00 00"
                                  "06 0c 00 00"  // link
                                  "01 00 01 'a' c3 00 00 00 00 00 00 00"
                                  "06 0c 00 00"  // link
                                  "01 00 01 't' 56 01 00 00 00 00 00 00"
                                  "00 03 00 00"  // NIL
                                  "00 00 00"
                                  "00 00 00 00"));

// From a file of the HDF5 project's JSON tools: one link, with checksum.
auto const continuation_2 = hex("'OCHK' | 06 16 00 00"
                                "01 00 0b '{datatypes}' 7f 06 00 00 00 00 00 00"
                                "f7 23 9a 50");

// Attribute creation order in the flags gives messages a longer header. After the specification.
auto const ordered = sealed(hex("'OHDR' 02 04 0b"
                                "0c 02 00 00 | 05 00 | 'ab'"
                                "00 00 00"  // a gap
                                "00 00 00 00"));

result<std::vector<header_message>> decode_whole(block_view b)
{
    auto const prefix = decode_object_header_prefix(b);
    if (!prefix)
        return prefix.error();
    return decode_first_header_block(b, *prefix);
}

std::error_code refusal(bytes const& b)
{
    auto const decoded = decode_whole(sample_block(b));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

constexpr std::size_t first_message = 16;

}  // namespace

TEST_CASE("object header: version 1 has aligned messages behind 16 bytes")
{
    auto const prefix = decode_object_header_prefix(sample_block(version_1)).value();
    CHECK(prefix.version == 1);
    CHECK(prefix.message_count == 3);
    CHECK(prefix.reference_count == 1);
    CHECK(prefix.size == 16);
    CHECK(prefix.first_block_size == 0x40);
    CHECK(prefix.total_size() == version_1.size());

    auto const messages = decode_whole(sample_block(version_1)).value();
    REQUIRE(messages.size() == 3);
    CHECK(messages[0].type == message_type::datatype);
    CHECK(messages[0].flags == message_constant);
    CHECK(messages[0].body.size() == 16);
    CHECK(messages[0].body.at == sample_at + 24);
    CHECK(!messages[0].creation_order.has_value());
    CHECK(messages[2].type == message_type::continuation);
    CHECK(messages[2].body.at == sample_at + 64);
}

TEST_CASE("object header: version 2 may store times")
{
    auto const prefix = decode_object_header_prefix(sample_block(version_2)).value();
    CHECK(prefix.version == 2);
    CHECK(prefix.flags == 0x20);
    CHECK(
        prefix.times == std::array<std::uint32_t, 4>{0x6b03acd4, 0x6b03acd4, 0x6b03acd4, 0x6b03acd4}
    );
    CHECK(prefix.size == 23);
    CHECK(prefix.total_size() == version_2.size());

    auto const messages = decode_whole(sample_block(version_2)).value();
    REQUIRE(messages.size() == 5);
    CHECK(messages[0].type == message_type::link_info);
    CHECK(messages[0].body.size() == 18);
    CHECK(messages[1].type == message_type::group_info);
    CHECK(messages[1].flags == message_constant);
    CHECK(messages[3].type == message_type::link);
    CHECK(messages[4].type == message_type::nil);
}

TEST_CASE("object header: version 2 may store when attributes become dense")
{
    auto const b = hex("'OHDR' 02 13 | 20 00 10 00 | 05 00 00 00 00 00 00 00");
    auto const prefix = decode_object_header_prefix(sample_block(b)).value();
    CHECK(prefix.max_compact_attributes == 32);
    CHECK(prefix.min_dense_attributes == 16);
    CHECK(prefix.first_block_size == 5);
    CHECK(prefix.size == b.size());
}

TEST_CASE("object header: messages carry their creation order, and a gap ends the block")
{
    auto const messages = decode_whole(sample_block(ordered)).value();
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].creation_order == 5);
    CHECK(as_text(messages[0].body.bytes) == "ab");
}

TEST_CASE("object header: the block says how many messages there are, not the count")
{
    CHECK(decode_whole(sample_block(patched(version_1, 2, "09"))).value().size() == 3);
}

TEST_CASE("object header: an empty one is one")
{
    auto const empty = sealed(hex("'OHDR' 02 00 00 | 00 00 00 00"));
    CHECK(decode_whole(sample_block(empty)).value().empty());
}

TEST_CASE("object header: every shorter one is refused, and the error says where")
{
    for (auto const& sample : {version_1, version_2, ordered})
        check_prefixes(sample, decode_whole);
}

TEST_CASE("object header: what a prefix must not hold is refused")
{
    CHECK(refusal(patched(version_1, 0, "00")) == errc::bad_signature);
    CHECK(refusal(patched(version_2, 4, "03")) == errc::unsupported_version);
    CHECK(refusal(patched(version_2, 5, "40")) == errc::bad_value);
    CHECK(refusal(patched(version_1, 8, "07")) == errc::bad_value);
    CHECK(refusal(hex("'OHDR' 02 03 | ff ff ff ff ff ff ff ff")) == errc::bad_value);
}

TEST_CASE("object header: a changed byte of version 2 breaks the checksum")
{
    CHECK(refusal(patched(version_2, 30, "01")) == errc::bad_checksum);
}

TEST_CASE("object header: what a message must not say is refused")
{
    auto const flags = first_message + 4;
    CHECK(refusal(patched(version_1, first_message + 2, "0f")) == errc::bad_value);
    CHECK(refusal(patched(version_1, first_message + 2, "40")) == errc::truncated);
    CHECK(refusal(patched(version_1, first_message + 2, "ff ff")) == errc::bad_value);
    CHECK(refusal(patched(version_1, flags, "06")) == errc::bad_value);  // shared, not shareable
    CHECK(refusal(patched(version_1, flags, "44")) == errc::bad_value);  // shareable and not
    CHECK(
        refusal(patched(version_1, flags, "20")) == errc::bad_value
    );  // unknown, not to be marked
    CHECK(refusal(patched(version_1, flags, "b0")) == errc::bad_value);  // unknown, yet not failed
}

TEST_CASE("object header: unknown messages pass, unless they are marked as necessary")
{
    auto const unknown = patched(version_1, first_message, "19");
    auto const messages = decode_whole(sample_block(unknown)).value();
    CHECK(static_cast<unsigned>(messages[0].type) == 0x19);
    auto const flags = first_message + 4;
    CHECK(decode_whole(sample_block(patched(unknown, flags, "30"))).has_value());
    CHECK(refusal(patched(unknown, flags, "80")) == errc::unsupported);
    CHECK(decode_whole(sample_block(patched(version_1, flags, "80"))).has_value());
    // the type that libhdf5's tests put into tbogus.h5, and no library without them knows
    CHECK(
        refusal(patched(patched(version_1, first_message, "09"), flags, "80")) == errc::unsupported
    );
}

TEST_CASE("object header: only bodies of the types that libhdf5 shares may be elsewhere")
{
    auto const flags = first_message + 4;
    auto const shared = [&](char const* type) {
        return patched(patched(version_1, first_message, type), flags, "02");
    };
    for (char const* const type : {"01", "03", "04", "05", "0b", "0c", "19"})
        CHECK(decode_whole(sample_block(shared(type))).has_value());
    for (char const* const type : {"00", "02", "06", "07", "08", "0f", "10", "11", "12", "15"})
        CHECK(refusal(shared(type)) == errc::bad_value);
}

TEST_CASE("object header continuation: version 2 has a signature and a checksum")
{
    object_header_prefix prefix;
    prefix.version = 2;
    auto const decode = [&](block_view b) { return decode_continuation_block(b, prefix); };
    auto const messages = decode(sample_block(continuation_2)).value();
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].type == message_type::link);
    CHECK(messages[0].body.at == sample_at + 8);
    CHECK(messages[0].body.size() == 22);

    check_prefixes(continuation_2, decode);
    auto const other = sealed(patched(continuation_2, 0, "'OHDR'"));
    CHECK(decode(sample_block(other)).error().code() == errc::bad_signature);
    auto const changed = patched(continuation_2, 10, "01");
    CHECK(decode(sample_block(changed)).error().code() == errc::bad_checksum);
}

TEST_CASE("object header continuation: version 1 is messages from the first byte on")
{
    object_header_prefix const prefix;
    auto const block = bytes(version_1.begin() + 16, version_1.end());
    CHECK(decode_continuation_block(sample_block(block), prefix).value().size() == 3);
    CHECK(decode_continuation_block({}, prefix).value().empty());
    auto const cut = bytes(block.begin(), block.end() - 1);
    CHECK(decode_continuation_block(sample_block(cut), prefix).error().code() == errc::truncated);
}
