#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/shared_message.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

// hdf5's tcompound.h5 at 0x880, where a symbol table entry follows: offset of a name, header.
bytes const version_1 =
    hex("01 00 | 00 00 00 00 00 00 | 10 00 00 00 00 00 00 00 | 90 05 00 00 00 00 00 00");
// Written by libhdf5 1.10.8: the committed type at 0x320.
bytes const version_2 = hex("02 02 | 20 03 00 00 00 00 00 00");
// The same with libver latest, at 0x2b3.
bytes const version_3 = hex("03 02 | b3 02 00 00 00 00 00 00");
// Written by libhdf5 1.10.8 with shared attributes: id of the message in its heap.
bytes const in_heap = hex("03 01 | 00 5b 00 00 00 00 31 00");

auto const decode_8_8 = [](block_view b) { return decode_shared_message(b, {}); };

}  // namespace

TEST_CASE("shared message: committed types are in object headers")
{
    for (auto const& [sample, header] :
         {std::pair(version_1, 0x590), {version_2, 0x320}, {version_3, 0x2b3}}) {
        auto const shared = decode_8_8(sample_block(sample)).value();
        CHECK(shared.where == shared_message::place::object_header);
        CHECK(shared.header == static_cast<std::uint64_t>(header));
        CHECK(shared.size == sample.size());
    }
}

TEST_CASE("shared message: others are in a heap")
{
    auto const shared = decode_8_8(sample_block(in_heap)).value();
    CHECK(shared.where == shared_message::place::heap);
    CHECK(as_text(shared.heap_id) == as_text(std::span(in_heap).subspan(2)));
    CHECK(shared.header == undefined_address);
    CHECK(shared.size == 10);
}

TEST_CASE("shared message: heap ids have eight bytes in every file, addresses have not")
{
    auto const decode = [](bytes const& b) {
        return decode_shared_message(sample_block(b), {2, 4});
    };
    CHECK(decode(hex("03 02 | 20 03")).value().header == 0x320);
    CHECK(decode(in_heap).value().size == 10);
    // The name's offset is as wide as lengths.
    CHECK(decode(hex("01 00 | 000000000000 | 10000000 | 9005")).value().header == 0x590);
}

TEST_CASE("shared message: padding may follow")
{
    auto sample = version_2;
    sample.resize(16);
    CHECK(decode_8_8(sample_block(sample)).value().size == 10);
}

TEST_CASE("shared message: every shorter body is refused")
{
    check_prefixes_refused(version_1, decode_8_8);
    check_prefixes_refused(version_2, decode_8_8);
    check_prefixes_refused(version_3, decode_8_8);
    check_prefixes_refused(in_heap, decode_8_8);
}

TEST_CASE("shared message: unknown versions and places are refused")
{
    auto const refused = [](bytes const& b) { return refusal(decode_8_8(sample_block(b))); };
    CHECK(refused(patched(version_3, {{0, 0}})) == errc::unsupported_version);
    CHECK(refused(patched(version_3, {{0, 4}})) == errc::unsupported_version);
    CHECK(refused(patched(version_3, {{1, 0}})) == errc::bad_value);
    CHECK(refused(patched(version_3, {{1, 3}})) == errc::bad_value);
}

TEST_CASE("shared message: the global heap, which no library ever used for it, is refused")
{
    auto const refused = [](bytes const& b) { return refusal(decode_8_8(sample_block(b))); };
    CHECK(refused(patched(version_1, {{1, 1}})) == errc::unsupported);
    CHECK(refused(patched(version_2, {{1, 1}})) == errc::unsupported);
}
