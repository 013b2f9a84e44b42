#include "sample.hpp"

#include <lindi/hdf5/global_heap.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

constexpr file_sizes sizes{8, 8};

// Two variable-length strings written by h5py 3.7, in a collection cut from 4096 bytes to 96.
auto const collection = hex("'GCOL' 01 00 00 00"
                            "60 00 00 00 00 00 00 00"      // bytes of the collection
                            "01 00 | 00 00 | 00 00 00 00"  // index, references, reserved
                            "0b 00 00 00 00 00 00 00"
                            "'longer text' 00 00 00 00 00"
                            "02 00 | 00 00 | 00 00 00 00"
                            "03 00 00 00 00 00 00 00"
                            "'abc' 00 00 00 00 00"
                            "00 00 | 00 00 | 00 00 00 00"  // free space
                            "18 00 00 00 00 00 00 00"      // with its header
                            "ff ff ff ff ff ff ff ff");

constexpr std::size_t first_object = 16;
constexpr std::size_t second_object = 48;
constexpr std::size_t free_space = 72;

result<std::vector<heap_object>> decode(block_view b)
{
    return decode_collection(b, sizes);
}

std::error_code refusal(bytes const& b)
{
    auto const decoded = decode(sample_block(b));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

}  // namespace

TEST_CASE("global heap: a collection has objects by index, and free space")
{
    auto const objects = decode(sample_block(collection)).value();
    REQUIRE(objects.size() == 2);
    CHECK(objects[0].index == 1);
    CHECK(as_text(objects[0].data.bytes) == "longer text");
    CHECK(objects[0].data.at == sample_at + 32);
    CHECK(objects[1].index == 2);
    CHECK(as_text(objects[1].data.bytes) == "abc");
}

TEST_CASE("global heap: the size comes before the rest")
{
    auto const start = bytes(collection.begin(), collection.begin() + 16);
    auto const decode_size = [](block_view b) { return decode_collection_size(b, sizes); };
    CHECK(decode_size(sample_block(start)).value() == 96);
    check_prefixes(start, decode_size);
    CHECK(decode_size(sample_block(patched(start, 8, "0f"))).error().code() == errc::bad_value);
}

TEST_CASE("global heap: free space may lie between objects, or have no header")
{
    auto const middle = patched(collection, second_object, "00 00 00 00 00 00 00 00 18");
    CHECK(decode(sample_block(middle)).value().size() == 1);
    // Size 80: eight bytes are left behind the second object.
    auto const short_tail = patched(collection, 8, "50");
    CHECK(decode(sample_block(short_tail)).value().size() == 2);
}

TEST_CASE("global heap: free space that claims to go past the end hides no object")
{
    auto const wide = patched(collection, free_space + 8, "ff ff ff ff ff ff ff ff");
    CHECK(decode(sample_block(wide)).value().size() == 2);
}

TEST_CASE("global heap: padding of the last object may be missing")
{
    auto const unpadded = patched(collection, 8, "43");  // ends right behind "abc"
    CHECK(decode(sample_block(unpadded)).value().size() == 2);
}

TEST_CASE("global heap: objects start at multiples of 8 whatever the width of lengths")
{
    auto const narrow = hex("'GCOL' 01 00 00 00 | 28 00 00 00 | 00 00 00 00"
                            "01 00 00 00 00 00 00 00 | 03 00 00 00 | 00 00 00 00"
                            "'abc' 00 00 00 00 00");
    auto const objects = decode_collection(sample_block(narrow), {8, 4}).value();
    REQUIRE(objects.size() == 1);
    CHECK(as_text(objects[0].data.bytes) == "abc");
}

TEST_CASE("global heap: every shorter collection is refused, and the error says where")
{
    check_prefixes(collection, decode);
}

TEST_CASE("global heap: what a collection must not hold is refused")
{
    CHECK(refusal(patched(collection, 0, "'HEAP'")) == errc::bad_signature);
    CHECK(refusal(patched(collection, 4, "02")) == errc::unsupported_version);
    CHECK(refusal(patched(collection, 8, "08")) == errc::bad_value);
    CHECK(refusal(patched(collection, 8, "ff ff ff ff ff ff ff ff")) == errc::truncated);
    // an object past the end; free space smaller than its own header; one index twice
    CHECK(refusal(patched(collection, first_object + 8, "41")) == errc::truncated);
    CHECK(
        refusal(patched(collection, first_object + 8, "ff ff ff ff ff ff ff ff")) == errc::truncated
    );
    CHECK(refusal(patched(collection, free_space + 8, "00")) == errc::bad_value);
    CHECK(refusal(patched(collection, second_object, "01")) == errc::bad_value);
}

TEST_CASE("global heap: ids name a collection and an index")
{
    auto const id = hex("30 25 00 00 00 00 00 00 | 02 00 00 00");
    REQUIRE(id.size() == global_heap_id_size(sizes));
    cursor c(sample_block(id), "test");
    CHECK(read_global_heap_id(c, sizes) == global_heap_id{0x2530, 2});
    CHECK(c.remaining() == 0);
    CHECK(c.ok());
}
