#include "sample.hpp"

#include <lindi/hdf5/superblock.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

// Written by h5py 3.7; the values are those that h5debug prints.
auto const version_0 = hex("89 'HDF' 0d 0a 1a 0a"
                           "00 00 00 00 00"             // versions
                           "08 08 00"                   // widths of offsets and lengths
                           "04 00 10 00"                // group leaf K, group internal K
                           "00 00 00 00"                // consistency flags
                           "00 00 00 00 00 00 00 00"    // base address
                           "ff ff ff ff ff ff ff ff"    // free space index
                           "30 35 00 00 00 00 00 00"    // end of file
                           "ff ff ff ff ff ff ff ff"    // driver information
                           "00 00 00 00 00 00 00 00"    // root: name offset
                           "60 00 00 00 00 00 00 00"    // root: object header
                           "01 00 00 00 00 00 00 00"    // root: caches a group
                           "88 00 00 00 00 00 00 00"    // its B-tree
                           "a8 02 00 00 00 00 00 00");  // its heap

// H5Pset_sizes(2, 4) and a user block of 512 bytes make the numbers narrow; two fields more than
// version 0, as H5Pset_istore_k(1) would make libhdf5 write them.
auto const version_1 = hex("89 'HDF' 0d 0a 1a 0a"
                           "01 00 00 00 00"
                           "02 04 00"
                           "02 00 06 00"
                           "00 00 00 00"
                           "01 00 00 00"  // indexed storage K, reserved
                           "00 02"
                           "ff ff"
                           "3c 98"
                           "ff ff"
                           "00 00 00 00"  // as wide as lengths
                           "3e 00"
                           "01 00 00 00 00 00 00 00"
                           "66 00 36 01 00 00 00 00 00 00 00 00 00 00 00 00");

// Written by h5py 3.7 with libver='latest'.
auto const version_3 = hex("89 'HDF' 0d 0a 1a 0a"
                           "03 08 08"
                           "00"                       // consistency flags
                           "00 00 00 00 00 00 00 00"  // base address
                           "ff ff ff ff ff ff ff ff"  // extension
                           "41 02 00 00 00 00 00 00"  // end of file
                           "30 00 00 00 00 00 00 00"  // root group
                           "d5 92 62 ee");

std::error_code refusal(bytes const& b)
{
    auto const decoded = decode_superblock(sample_block(b));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

}  // namespace

TEST_CASE("superblock: version 0 names the root group and caches its tree and heap")
{
    auto const s = decode_superblock(sample_block(version_0)).value();
    CHECK(s.version == 0);
    CHECK(s.sizes.offsets == 8);
    CHECK(s.sizes.lengths == 8);
    CHECK(s.base_address == 0);
    CHECK(s.end_of_file == 0x3530);
    CHECK(s.extension == undefined_address);
    CHECK(s.driver_info == undefined_address);
    CHECK(s.root_header == 0x60);
    REQUIRE(s.root_cache.has_value());
    CHECK(s.root_cache->btree == 0x88);
    CHECK(s.root_cache->heap == 0x2a8);
    CHECK(s.group_leaf_k == 4);
    CHECK(s.group_internal_k == 16);
    CHECK(s.chunk_k == 32);
    CHECK(s.size == 96);
}

TEST_CASE("superblock: version 1 stores K of chunk trees, and addresses may be narrow")
{
    auto const s = decode_superblock(sample_block(version_1)).value();
    CHECK(s.version == 1);
    CHECK(s.sizes.offsets == 2);
    CHECK(s.sizes.lengths == 4);
    CHECK(s.base_address == 0x200);
    CHECK(s.end_of_file == 0x983c);
    CHECK(s.driver_info == undefined_address);
    CHECK(s.group_leaf_k == 2);
    CHECK(s.group_internal_k == 6);
    CHECK(s.chunk_k == 1);
    CHECK(s.root_header == 0x3e);
    CHECK(s.root_cache->btree == 0x66);
    CHECK(s.root_cache->heap == 0x136);
    CHECK(s.size == version_1.size());
}

TEST_CASE("superblock: version 3 has an extension and a checksum")
{
    auto const s = decode_superblock(sample_block(version_3)).value();
    CHECK(s.version == 3);
    CHECK(s.consistency_flags == 0);
    CHECK(s.extension == undefined_address);
    CHECK(s.end_of_file == 0x241);
    CHECK(s.root_header == 0x30);
    CHECK(!s.root_cache.has_value());
    CHECK(s.size == 48);
}

TEST_CASE("superblock: bytes behind it do not matter")
{
    CHECK(decode_superblock(sample_block(joined(version_3, hex("ff ff ff ff")))).has_value());
}

TEST_CASE("superblock: every shorter one is refused, and the error says where")
{
    for (auto const& sample : {version_0, version_1, version_3})
        check_prefixes(sample, decode_superblock);
}

TEST_CASE("superblock: other files are told apart from damaged ones")
{
    CHECK(refusal(hex("'PK' 03 04 00 00 00 00")) == errc::not_hdf5);
    CHECK(refusal({}) == errc::not_hdf5);
    CHECK(refusal(patched(version_0, 7, "0d")) == errc::not_hdf5);
    CHECK(refusal(bytes(version_0.begin(), version_0.begin() + 8)) == errc::truncated);
}

TEST_CASE("superblock: unknown versions are refused")
{
    CHECK(refusal(patched(version_0, 8, "04")) == errc::unsupported_version);
    for (std::size_t const inner : {9u, 10u, 12u})
        CHECK(refusal(patched(version_0, inner, "01")) == errc::unsupported_version);
}

TEST_CASE("superblock: widths other than 2, 4 and 8 bytes are refused by name")
{
    for (auto const* width : {"00", "01", "03", "10", "20", "ff"}) {
        CAPTURE(width);
        CHECK(refusal(patched(version_0, 13, width)) == errc::unsupported);
        CHECK(refusal(patched(version_0, 14, width)) == errc::unsupported);
        CHECK(refusal(sealed(patched(version_3, 9, width))) == errc::unsupported);
    }
}

TEST_CASE("superblock: tree sizes of 0 and a missing root are refused")
{
    CHECK(refusal(patched(version_0, 16, "00 00")) == errc::bad_value);
    CHECK(refusal(patched(version_0, 18, "00 00")) == errc::bad_value);
    CHECK(refusal(patched(version_1, 24, "00 00")) == errc::bad_value);
    CHECK(refusal(patched(version_0, 64, "ff ff ff ff ff ff ff ff")) == errc::bad_value);
    CHECK(refusal(patched(version_0, 24, "ff ff ff ff ff ff ff ff")) == errc::bad_value);
    CHECK(refusal(sealed(patched(version_3, 36, "ff ff ff ff ff ff ff ff"))) == errc::bad_value);
}

TEST_CASE("superblock: a changed byte breaks the checksum")
{
    CHECK(refusal(patched(version_3, 28, "42")) == errc::bad_checksum);
}

TEST_CASE("superblock: a root that caches nothing is reached by its header alone")
{
    auto const s = decode_superblock(sample_block(patched(version_0, 72, "00"))).value();
    CHECK(s.root_header == 0x60);
    CHECK(!s.root_cache.has_value());
}
