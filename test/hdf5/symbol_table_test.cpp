#include "sample.hpp"

#include <lindi/hdf5/symbol_table.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

constexpr file_sizes sizes{8, 8};

// Groups "a" and "bb", a soft link and a dataset, written by h5py 3.7; addresses as h5ls -v has
// them.
auto const node = hex("'SNOD' 01 00 04 00"
                      "08 00 00 00 00 00 00 00"  // name "a"
                      "20 03 00 00 00 00 00 00"
                      "01 00 00 00 00 00 00 00"  // caches a group
                      "48 03 00 00 00 00 00 00 | 68 05 00 00 00 00 00 00"
                      "10 00 00 00 00 00 00 00"  // name "bb"
                      "28 07 00 00 00 00 00 00"
                      "01 00 00 00 00 00 00 00"
                      "50 07 00 00 00 00 00 00 | 70 09 00 00 00 00 00 00"
                      "18 00 00 00 00 00 00 00"  // name "soft"
                      "ff ff ff ff ff ff ff ff"
                      "02 00 00 00 00 00 00 00"  // caches a symbolic link
                      "20 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00"
                      "28 00 00 00 00 00 00 00"  // name "x"
                      "e8 09 00 00 00 00 00 00"
                      "00 00 00 00 00 00 00 00"  // caches nothing
                      "00 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00");

result<std::vector<symbol_entry>> decode(block_view b)
{
    return decode_symbol_node(b, sizes);
}

std::error_code refusal(bytes const& b)
{
    auto const decoded = decode(sample_block(b));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

}  // namespace

TEST_CASE("symbol table node: entries are groups, symbolic links and anything else")
{
    auto const entries = decode(sample_block(node)).value();
    REQUIRE(entries.size() == 4);
    CHECK(entries[0].name_offset == 8);
    CHECK(entries[0].header == 0x320);
    CHECK(entries[0].cache_type == 1);
    CHECK(entries[0].cached_group.btree == 0x348);
    CHECK(entries[0].cached_group.heap == 0x568);
    CHECK(entries[1].header == 0x728);
    CHECK(entries[2].header == undefined_address);
    CHECK(entries[2].cache_type == 2);
    CHECK(entries[2].soft_link_offset == 0x20);
    CHECK(entries[3].header == 0x9e8);
    CHECK(entries[3].cache_type == 0);
    CHECK(entries[3].cached_group.btree == undefined_address);
}

TEST_CASE("symbol table node: room for more entries than are in use is no matter")
{
    auto const wide = joined(node, bytes(160, std::byte{0xff}));
    CHECK(decode(sample_block(wide)).value().size() == 4);
    CHECK(decode(sample_block(hex("'SNOD' 01 00 00 00"))).value().empty());
    CHECK(symbol_node_size(sizes, 4) == 8 + 8 * 40);
}

TEST_CASE("symbol table node: names are as wide as lengths, addresses as offsets")
{
    // One entry of a file with offsets of 8 and lengths of 4 bytes, written by h5py's low-level
    // API.
    auto const entry = hex("08 00 00 00 | 20 03 00 00 00 00 00 00 | 01 00 00 00 00 00 00 00"
                           "48 03 00 00 00 00 00 00 | 68 05 00 00 00 00 00 00");
    REQUIRE(entry.size() == symbol_entry_size({8, 4}));
    cursor c(sample_block(entry), "test");
    auto const e = read_symbol_entry(c, {8, 4});
    CHECK(c.ok());
    CHECK(c.remaining() == 0);
    CHECK(e.name_offset == 8);
    CHECK(e.header == 0x320);
    CHECK(e.cached_group.heap == 0x568);
}

TEST_CASE("symbol table node: every shorter one is refused, and the error says where")
{
    check_prefixes(node, decode);
}

TEST_CASE("symbol table node: what it must not hold is refused")
{
    CHECK(refusal(patched(node, 0, "'TREE'")) == errc::bad_signature);
    CHECK(refusal(patched(node, 4, "02")) == errc::unsupported_version);
    CHECK(refusal(patched(node, 6, "ff ff")) == errc::truncated);
    CHECK(refusal(patched(node, 24, "03")) == errc::bad_value);
    CHECK(refusal(patched(node, 24, "ff ff ff ff")) == errc::bad_value);
}

TEST_CASE("symbol table message: a tree and a heap")
{
    auto const body = hex("88 00 00 00 00 00 00 00 | a8 02 00 00 00 00 00 00");
    auto const decode_message = [](block_view b) { return decode_symbol_table_message(b, sizes); };
    auto const table = decode_message(sample_block(body)).value();
    CHECK(table.btree == 0x88);
    CHECK(table.heap == 0x2a8);
    check_prefixes(body, decode_message);
}
