#include "sample.hpp"

#include <lindi/hdf5/local_heap.hpp>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

constexpr file_sizes sizes{8, 8};

// The heap of a root group, written by h5py 3.7.
auto const header = hex("'HEAP' 00 00 00 00"
                        "58 00 00 00 00 00 00 00"    // bytes of the data segment
                        "30 00 00 00 00 00 00 00"    // first free block in it
                        "c8 02 00 00 00 00 00 00");  // address of the data segment

auto const segment = hex("00 00 00 00 00 00 00 00"
                         "'a' 00 00 00 00 00 00 00"
                         "'bb' 00 00 00 00 00 00"
                         "'soft' 00 00 00 00"
                         "'/a' 00 00 00 00 00 00"
                         "'x'");  // cut off in the text

result<local_heap> decode(block_view b)
{
    return decode_local_heap(b, sizes);
}

std::error_code refusal(bytes const& b)
{
    auto const decoded = decode(sample_block(b));
    REQUIRE(decoded.has_error());
    return decoded.error().code();
}

}  // namespace

TEST_CASE("local heap: the header says where the texts are")
{
    REQUIRE(header.size() == local_heap_size(sizes));
    auto const heap = decode(sample_block(header)).value();
    CHECK(heap.data_size == 0x58);
    CHECK(heap.free_list == 0x30);
    CHECK(heap.data_address == 0x2c8);
}

TEST_CASE("local heap: widths of the file hold")
{
    auto const narrow = hex("'HEAP' 00 00 00 00 | 58 00 00 00 | 30 00 00 00 | c8 02");
    REQUIRE(narrow.size() == local_heap_size({2, 4}));
    auto const heap = decode_local_heap(sample_block(narrow), {2, 4}).value();
    CHECK(heap.data_size == 0x58);
    CHECK(heap.data_address == 0x2c8);
}

TEST_CASE("local heap: every shorter header is refused, and the error says where")
{
    check_prefixes(header, decode);
}

TEST_CASE("local heap: what a header must not hold is refused")
{
    CHECK(refusal(patched(header, 0, "'heap'")) == errc::bad_signature);
    CHECK(refusal(patched(header, 4, "01")) == errc::unsupported_version);
    CHECK(refusal(patched(header, 24, "ff ff ff ff ff ff ff ff")) == errc::bad_value);
}

TEST_CASE("local heap: texts end at a NUL and lie in the segment")
{
    auto const at = [](std::uint64_t offset) {
        return local_heap_text(sample_block(segment), offset);
    };
    CHECK(at(0).value() == "");
    CHECK(at(8).value() == "a");
    CHECK(at(16).value() == "bb");
    CHECK(at(24).value() == "soft");
    CHECK(at(26).value() == "ft");
    CHECK(at(32).value() == "/a");
    CHECK(at(40).error().code() == errc::truncated);
    CHECK(at(40).error().at() == sample_at + 40);
}

TEST_CASE("local heap: a text outside the segment is refused")
{
    for (std::uint64_t const offset :
         {std::uint64_t{41}, std::uint64_t{1} << 40, ~std::uint64_t{0}})
        CHECK(local_heap_text(sample_block(segment), offset).error().code() == errc::bad_value);
    CHECK(local_heap_text({}, 0).error().code() == errc::bad_value);
}

TEST_CASE("local heap: free blocks lie in the segment, one after the other")
{
    // as in `header`: the first free block at 0x30, the last one in the list says 1
    auto const heap = decode(sample_block(header)).value();
    auto const check = [&heap](char const* first, char const* second) {
        bytes text(0x30);
        for (auto const* const block : {first, second}) {
            auto const more = hex(block);
            text.insert(text.end(), more.begin(), more.end());
        }
        return check_free_list(sample_block(text), heap, sizes);
    };
    auto const last = "01 00 00 00 00 00 00 00 | 18 00 00 00 00 00 00 00";
    auto const with_next = "40 00 00 00 00 00 00 00 | 10 00 00 00 00 00 00 00";
    CHECK(check(last, "00 00 00 00 00 00 00 00").has_value());
    CHECK(check(with_next, "01 00 00 00 00 00 00 00 | 10 00 00 00 00 00 00 00").has_value());

    auto const refusal = [&](char const* first, char const* second) {
        auto const checked = check(first, second);
        REQUIRE(checked.has_error());
        return checked.error().code();
    };
    CHECK(refusal(last, "") == errc::bad_value);       // longer than the segment
    CHECK(refusal(with_next, "") == errc::bad_value);  // the next one is not there
    CHECK(
        refusal(with_next, "30 00 00 00 00 00 00 00 | 10 00 00 00 00 00 00 00") == errc::bad_value
    );
    CHECK(refusal("01 00 00 00", "") == errc::truncated);
}

TEST_CASE("local heap: a heap without free blocks says 1, or all ones")
{
    for (std::uint64_t const none : {std::uint64_t{1}, undefined_address})
        CHECK(check_free_list(sample_block(segment), {41, none, 0x2c8}, sizes).has_value());
}
