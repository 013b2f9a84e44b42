#include "sample.hpp"

#include <lindi/hdf5/fractal_heap.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

constexpr file_sizes sizes{8, 8};

// The heap with the 400 links of a group, written by h5py 3.7 with libver='latest'.
auto const header = hex("'FRHP' 00"
                        "07 00"                    // bytes of an id
                        "00 00"                    // bytes of the filters
                        "02"                       // direct blocks have checksums
                        "00 10 00 00"              // largest managed object
                        "00 00 00 00 00 00 00 00"  // next huge id
                        "ff ff ff ff ff ff ff ff"  // B-tree of huge objects
                        "3e 10 00 00 00 00 00 00"  // free space
                        "20 02 00 00 00 00 00 00"  // its manager
                        "00 40 00 00 00 00 00 00"  // managed space
                        "00 38 00 00 00 00 00 00"  // allocated
                        "00 38 00 00 00 00 00 00"  // next direct block
                        "90 01 00 00 00 00 00 00"  // managed objects
                        "00 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00"  // huge
                        "00 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00"  // tiny
                        "04 00"                                              // table width
                        "00 02 00 00 00 00 00 00"                            // starting block size
                        "00 00 01 00 00 00 00 00"  // maximum direct block size
                        "20 00"                    // log2 of the maximum heap size
                        "01 00"                    // rows of a new root
                        "ea 52 00 00 00 00 00 00"  // root
                        "04 00"                    // its rows
                        "9d 64 f4 e6");

constexpr std::uint64_t header_address = 0x168;

// Its root. Four rows of four blocks, the last of which was never made.
auto const indirect = hex("'FHIB' 00"
                          "68 01 00 00 00 00 00 00"  // the header
                          "00 00 00 00"              // offset in the heap
                          "ea 50 00 00 00 00 00 00 | ea 4e 00 00 00 00 00 00"
                          "ea 4c 00 00 00 00 00 00 | ea 4a 00 00 00 00 00 00"
                          "ea 48 00 00 00 00 00 00 | ea 46 00 00 00 00 00 00"
                          "ea 44 00 00 00 00 00 00 | ea 42 00 00 00 00 00 00"
                          "ea 3e 00 00 00 00 00 00 | ea 3a 00 00 00 00 00 00"
                          "ea 36 00 00 00 00 00 00 | ea 32 00 00 00 00 00 00"
                          "ea 2a 00 00 00 00 00 00 | ea 22 00 00 00 00 00 00"
                          "ea 1a 00 00 00 00 00 00 | ff ff ff ff ff ff ff ff"
                          "b2 f5 2b cb");

// A direct block of a heap at 0x67a: twelve links, of which two are shown, and room.
auto const direct = [] {
    auto b = hex("'FHDB' 00"
                 "7a 06 00 00 00 00 00 00"  // the header
                 "00 00 00 00"              // offset in the heap
                 "00 00 00 00"              // checksum
                 "01 00 03 'g00' c3 00 00 00 00 00 00 00"
                 "01 00 03 'g01' 56 01 00 00 00 00 00 00");
    b.resize(512);
    auto const sum = lookup3(b);
    for (unsigned i = 0; i < 4; ++i)
        b[17 + i] = static_cast<std::byte>(sum >> 8 * i);
    return b;
}();

result<fractal_heap> decode(block_view b)
{
    return decode_fractal_heap(b, sizes, 0);
}

std::error_code refusal(bytes const& b)
{
    auto const decoded = decode(sample_block(sealed(b)));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

fractal_heap const heap = decode({header, header_address}).value();

std::error_code block_refusal(bytes const& b, unsigned rows = 4)
{
    auto const decoded = decode_indirect_block(sample_block(sealed(b)), heap, sizes, rows);
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

heap_id id_of(std::string_view text, fractal_heap const& of)
{
    auto const id = hex(text);
    return decode_heap_id(sample_block(id), of, sizes).value();
}

std::error_code id_refusal(std::string_view text, fractal_heap const& of = heap)
{
    auto const id = hex(text);
    auto const decoded = decode_heap_id(sample_block(id), of, sizes);
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

fractal_heap with_ids(std::uint16_t length, std::uint16_t filter_length = 0)
{
    auto out = heap;
    out.id_length = length;
    out.filter_length = filter_length;
    return out;
}

}  // namespace

TEST_CASE("fractal heap: the header describes ids and the doubling table")
{
    REQUIRE(header.size() == fractal_heap_header_size(sizes));
    CHECK(heap.at == header_address);
    CHECK(heap.id_length == 7);
    CHECK(heap.filter_length == 0);
    CHECK(heap.checksums_blocks);
    CHECK(heap.max_managed_size == 4096);
    CHECK(heap.huge_btree == undefined_address);
    CHECK(heap.managed_space == 0x4000);
    CHECK(heap.managed_objects == 400);
    CHECK(heap.huge_objects == 0);
    CHECK(heap.tiny_objects == 0);
    CHECK(heap.table_width == 4);
    CHECK(heap.start_block_size == 512);
    CHECK(heap.max_direct_size == 65536);
    CHECK(heap.max_heap_bits == 32);
    CHECK(heap.root == 0x52ea);
    CHECK(heap.root_rows == 4);
    CHECK(heap.offset_width() == 4);
    CHECK(heap.length_width() == 2);
}

TEST_CASE("fractal heap: rows double from the third on, until blocks are indirect")
{
    CHECK(heap.direct_rows() == 9);
    CHECK(heap.row_block_size(0) == 512);
    CHECK(heap.row_block_size(1) == 512);
    CHECK(heap.row_block_size(2) == 1024);
    CHECK(heap.row_block_size(8) == 65536);
    CHECK(heap.row_block_size(9) == 131072);
    CHECK(heap.child_rows(9) == 7);  // 2048 << 6 bytes in seven rows
    CHECK(heap.row_block_size(400) == 0);
    CHECK(heap.max_rows() == 22);
    CHECK(heap.row_offset(0) == 0);
    CHECK(heap.row_offset(1) == 2048);
    CHECK(heap.row_offset(22) == std::uint64_t{1} << 32);
}

TEST_CASE("fractal heap: blocks name the header's address, not its place in the file")
{
    CHECK(
        decode_fractal_heap({header, 512 + header_address}, sizes, 512).value().at == header_address
    );
}

TEST_CASE("fractal heap: a header with filters is longer")
{
    auto filtered = bytes(header.begin(), header.end() - 4);
    filtered = patched(filtered, 7, "08 00");
    // size and mask of a filtered root, then deflate at level 6
    filtered = joined(
        filtered,
        hex("85 00 00 00 00 00 00 00 | 02 00 00 00"
            "02 01 | 01 00 00 00 00 00"
            "00 00 00 00")
    );
    filtered = sealed(filtered);
    CHECK(fractal_heap_full_size({header, 0}, sizes).value() == header.size());
    CHECK(fractal_heap_full_size({filtered, 0}, sizes).value() == filtered.size());
    auto const h = decode(sample_block(filtered)).value();
    CHECK(h.filtered_root_size == 0x85);
    CHECK(h.root_filter_mask == 2);
    REQUIRE(h.filters.filters.size() == 1);
    CHECK(h.filters.filters[0].id == filter_deflate);
    check_prefixes(filtered, decode);
    CHECK(refusal(patched(filtered, 154, "07")) == errc::unsupported_version);
}

TEST_CASE("fractal heap: every shorter header is refused, and the error says where")
{
    check_prefixes(header, decode);
    auto const start = bytes(header.begin(), header.begin() + 9);
    check_prefixes(start, [](block_view b) { return fractal_heap_full_size(b, sizes); });
}

TEST_CASE("fractal heap: what a header must not hold is refused")
{
    CHECK(refusal(patched(header, 0, "'FHIB'")) == errc::bad_signature);
    CHECK(refusal(patched(header, 4, "01")) == errc::unsupported_version);
    CHECK(decode(sample_block(patched(header, 10, "01"))).error().code() == errc::bad_checksum);
    constexpr std::size_t table = 110;
    for (auto const* width : {"00 00", "03 00", "ff ff"})
        CHECK(refusal(patched(header, table, width)) == errc::bad_value);
    for (auto const* size : {"00 00", "01 02", "00 03"})
        CHECK(refusal(patched(header, table + 2, size)) == errc::bad_value);
    for (auto const* size : {"00 00 00", "00 00 03", "01 00 01"})
        CHECK(refusal(patched(header, table + 10, size)) == errc::bad_value);
    CHECK(refusal(patched(header, table + 10, "00 01 00")) == errc::bad_value);  // below the start
    CHECK(refusal(patched(header, table + 18, "0a")) == errc::bad_value);        // less than a row
    CHECK(refusal(patched(header, table + 18, "3f")) == errc::unsupported);
    CHECK(refusal(patched(header, table + 18, "ff ff")) == errc::unsupported);
    CHECK(refusal(patched(header, table + 30, "17")) == errc::bad_value);  // 22 rows span it all
    CHECK(decode(sample_block(sealed(patched(header, table + 30, "16")))).has_value());
}

TEST_CASE("fractal heap: ids must hold an offset and a length")
{
    CHECK(refusal(patched(header, 5, "00 00")) == errc::bad_value);
    CHECK(refusal(patched(header, 5, "06 00")) == errc::bad_value);
    CHECK(refusal(patched(header, 5, "01 10")) == errc::bad_value);
    CHECK(decode(sample_block(sealed(patched(header, 5, "00 10")))).has_value());
}

TEST_CASE("fractal heap: indirect blocks must span at least one row")
{
    // 32 blocks in a row, direct ones of 512 bytes only: row 2 would be of blocks of 1024 bytes
    auto const wide = patched(header, 110, "20 00 | 00 02 00 00 00 00 00 00 | 00 02 00");
    CHECK(refusal(wide) == errc::bad_value);
}

TEST_CASE("fractal heap: an indirect block has its children's places and sizes")
{
    REQUIRE(indirect.size() == indirect_block_size(heap, sizes, 4));
    auto const block = decode_indirect_block(sample_block(indirect), heap, sizes, 4).value();
    CHECK(block.heap_offset == 0);
    REQUIRE(block.children.size() == 16);
    CHECK(block.children[0].address == 0x50ea);
    CHECK(block.children[0].block_size == 512);
    CHECK(block.children[0].stored_size == 512);
    CHECK(block.children[0].rows == 0);
    CHECK(block.children[3].heap_offset == 3 * 512);
    CHECK(block.children[4].heap_offset == 4 * 512);
    CHECK(block.children[8].heap_offset == 8 * 512);
    CHECK(block.children[8].block_size == 1024);
    CHECK(block.children[14].heap_offset == 8 * 512 + 4 * 1024 + 2 * 2048);
    CHECK(block.children[14].block_size == 2048);
    CHECK(block.children[15].address == undefined_address);
}

TEST_CASE("fractal heap: below the direct rows, children are indirect blocks")
{
    auto const rows = 10u;
    bytes b = hex("'FHIB' 00 | 68 01 00 00 00 00 00 00 | 00 00 10 00");
    b.resize(indirect_block_size(heap, sizes, rows), std::byte{0xff});
    b = sealed(b);
    auto const block = decode_indirect_block(sample_block(b), heap, sizes, rows).value();
    REQUIRE(block.children.size() == 40);
    CHECK(block.children[35].rows == 0);
    CHECK(block.children[36].rows == 7);
    CHECK(block.children[36].block_size == 131072);
    CHECK(block.children[36].stored_size == indirect_block_size(heap, sizes, 7));
    CHECK(block.children[36].heap_offset == 0x100000 + (2048 << 8));
}

TEST_CASE("fractal heap: filtered direct blocks have a stored size and a mask")
{
    auto const filtered = with_ids(7, 10);
    auto const b = sealed(hex("'FHIB' 00 | 68 01 00 00 00 00 00 00 | 00 00 00 00"
                              "ea 50 00 00 00 00 00 00 | 40 00 00 00 00 00 00 00 | 01 00 00 00"
                              "ea 4e 00 00 00 00 00 00 | 41 00 00 00 00 00 00 00 | 00 00 00 00"
                              "ff ff ff ff ff ff ff ff | 00 00 00 00 00 00 00 00 | 00 00 00 00"
                              "ff ff ff ff ff ff ff ff | 00 00 00 00 00 00 00 00 | 00 00 00 00"
                              "00 00 00 00"));
    REQUIRE(b.size() == indirect_block_size(filtered, sizes, 1));
    auto const block = decode_indirect_block(sample_block(b), filtered, sizes, 1).value();
    CHECK(block.children[0].stored_size == 0x40);
    CHECK(block.children[0].filter_mask == 1);
    CHECK(block.children[0].block_size == 512);
    CHECK(block.children[2].address == undefined_address);
    auto const no_bytes = sealed(patched(b, 25, "00"));
    CHECK(
        decode_indirect_block(sample_block(no_bytes), filtered, sizes, 1).error().code() ==
        errc::bad_value
    );
}

TEST_CASE("fractal heap: every shorter indirect block is refused, and the error says where")
{
    check_prefixes(indirect, [](block_view b) { return decode_indirect_block(b, heap, sizes, 4); });
}

TEST_CASE("fractal heap: what an indirect block must not hold is refused")
{
    CHECK(block_refusal(patched(indirect, 0, "'FHDB'")) == errc::bad_signature);
    CHECK(block_refusal(patched(indirect, 4, "01")) == errc::unsupported_version);
    CHECK(block_refusal(patched(indirect, 5, "69")) == errc::bad_value);  // of another heap
    CHECK(block_refusal(patched(indirect, 13, "ff ff ff ff")) == errc::bad_value);
    CHECK(block_refusal(indirect, 0) == errc::bad_value);
    CHECK(block_refusal(indirect, 23) == errc::bad_value);
    CHECK(block_refusal(indirect, ~0u) == errc::bad_value);
    CHECK(block_refusal(indirect, 5) == errc::truncated);
    auto const changed =
        decode_indirect_block(sample_block(patched(indirect, 20, "01")), heap, sizes, 4);
    CHECK(changed.error().code() == errc::bad_checksum);
}

TEST_CASE("fractal heap: a direct block says where in the heap it is")
{
    auto owner = heap;
    owner.at = 0x67a;
    auto const decode_block = [&](block_view b) { return decode_direct_block(b, owner, sizes); };
    CHECK(decode_block(sample_block(direct)).value() == 0);
    check_prefixes(direct, decode_block);
    auto const refused = [&](bytes const& b) {
        return decode_block(sample_block(b)).error().code();
    };
    CHECK(refused(patched(direct, 0, "'FHIB'")) == errc::bad_signature);
    CHECK(refused(patched(direct, 4, "01")) == errc::unsupported_version);
    CHECK(refused(patched(direct, 5, "7b")) == errc::bad_value);
    CHECK(refused(patched(direct, 17, "00")) == errc::bad_checksum);
    CHECK(refused(patched(direct, 511, "01")) == errc::bad_checksum);
}

TEST_CASE("fractal heap: direct blocks need not have checksums")
{
    auto owner = heap;
    owner.checksums_blocks = false;
    auto const b = hex("'FHDB' 00 | 68 01 00 00 00 00 00 00 | 00 30 00 00");
    CHECK(decode_direct_block(sample_block(b), owner, sizes).value() == 0x3000);
}

TEST_CASE("fractal heap: managed ids are an offset and a length")
{
    auto const id = id_of("00 31 12 00 00 1e 00", heap);
    CHECK(id.what == heap_id::kind::managed);
    CHECK(id.offset == 0x1231);
    CHECK(id.length == 30);
    CHECK(id_refusal("00 31 12 00 00 00 00") == errc::bad_value);  // no bytes
    CHECK(id_refusal("00 31 12 00 00 01 10") == errc::bad_value);  // should be huge
    CHECK(id_refusal("00 00 40 00 00 01 00") == errc::bad_value);  // behind the heap
    CHECK(id_refusal("00 ff 3f 00 00 02 00") == errc::bad_value);
    CHECK(id_refusal("00 ff ff ff ff 01 00") == errc::bad_value);
}

TEST_CASE("fractal heap: huge ids are a key when they are short")
{
    auto const id = id_of("10 02 01 00 00 00 00", heap);
    CHECK(id.what == heap_id::kind::huge);
    CHECK(!id.direct);
    CHECK(id.key == 0x102);
    CHECK(id_of("10 02 01 00 00 00 00 00 01 ff ff", with_ids(11)).key == 0x100000000000102);
    CHECK(!id_of("10 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00", with_ids(16)).direct);
}

TEST_CASE("fractal heap: huge ids are the place itself when they are long")
{
    auto const id =
        id_of("10 | 00 10 00 00 00 00 00 00 | 70 17 00 00 00 00 00 00 | ff", with_ids(18));
    CHECK(id.direct);
    CHECK(id.address == 0x1000);
    CHECK(id.length == 6000);

    constexpr auto filtered = "10 | 00 10 00 00 00 00 00 00 | 20 00 00 00 00 00 00 00"
                              "01 00 00 00 | 70 17 00 00 00 00 00 00";
    auto const f = id_of(filtered, with_ids(29, 10));
    CHECK(f.direct);
    CHECK(f.length == 32);
    CHECK(f.filter_mask == 1);
    CHECK(f.filtered_length == 6000);
    CHECK(!id_of(filtered, with_ids(28, 10)).direct);
    CHECK(
        id_refusal("10 | ff ff ff ff ff ff ff ff | 01 00 00 00 00 00 00 00", with_ids(17)) ==
        errc::bad_value
    );
}

TEST_CASE("fractal heap: tiny ids are the object")
{
    auto const text_of = [](std::string_view text, std::uint16_t id_length) {
        auto const bytes = hex(text);
        auto const id = decode_heap_id(sample_block(bytes), with_ids(id_length), sizes).value();
        CHECK(id.what == heap_id::kind::tiny);
        CHECK(id.length == id.data.size());
        return std::string(as_text(id.data.bytes));
    };
    CHECK(text_of("22 'abc' 00 00 00", 7) == "abc");
    CHECK(text_of("2f '0123456789abcdef' 00", 18) == "0123456789abcdef");
    // ids of more than 18 bytes have a second byte of length
    CHECK(text_of("20 10 '0123456789abcdefg'", 19) == "0123456789abcdefg");
    CHECK(id_refusal("26 'abcdef'") == errc::truncated);  // 7 bytes in an id of 7
    CHECK(id_refusal("21 00 '0123456789abcdefg'", with_ids(19)) == errc::truncated);
}

TEST_CASE("fractal heap: shorter ids, unknown kinds and versions are refused")
{
    check_prefixes(hex("00 31 12 00 00 1e 00"), [](block_view b) {
        return decode_heap_id(b, heap, sizes);
    });
    CHECK(id_refusal("30 00 00 00 00 01 00") == errc::bad_value);
    CHECK(id_refusal("40 00 00 00 00 01 00") == errc::unsupported_version);
    CHECK(id_refusal("80 00 00 00 00 01 00") == errc::unsupported_version);
}

TEST_CASE("fractal heap: records of huge objects come in four kinds")
{
    auto const decode_record = [](bytes const& b, std::uint8_t type) {
        return decode_huge_object(sample_block(b), type, sizes);
    };
    // type 1, of an attribute of 6000 bytes written by h5py 3.7
    auto const indirect_id = hex("c8 31 00 00 00 00 00 00 | 9c 17 00 00 00 00 00 00"
                                 "01 00 00 00 00 00 00 00");
    auto const one = decode_record(indirect_id, 1).value();
    CHECK(one.address == 0x31c8);
    CHECK(one.length == 0x179c);
    CHECK(one.key == 1);

    auto const filtered = hex("c8 31 00 00 00 00 00 00 | 20 00 00 00 00 00 00 00 | 01 00 00 00"
                              "9c 17 00 00 00 00 00 00 | 02 00 00 00 00 00 00 00");
    auto const two = decode_record(filtered, 2).value();
    CHECK(two.length == 0x20);
    CHECK(two.filter_mask == 1);
    CHECK(two.memory_length == 0x179c);
    CHECK(two.key == 2);

    auto const three = decode_record(indirect_id, 3).value();
    CHECK(three.length == 0x179c);
    CHECK(three.key == 0);
    CHECK(decode_record(filtered, 4).value().memory_length == 0x179c);

    check_prefixes(indirect_id, [](block_view b) { return decode_huge_object(b, 1, sizes); });
    check_prefixes(filtered, [](block_view b) { return decode_huge_object(b, 2, sizes); });
    CHECK(decode_record(filtered, 0).error().code() == errc::bad_value);
    CHECK(decode_record(filtered, 5).error().code() == errc::bad_value);
    auto const nowhere = patched(filtered, 0, "ff ff ff ff ff ff ff ff");
    CHECK(decode_record(nowhere, 2).error().code() == errc::bad_value);
}
