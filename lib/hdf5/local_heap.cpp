#include <lindi/hdf5/local_heap.hpp>

namespace lindi::hdf5 {
namespace {

constexpr char const* name = "local heap data segment";

}  // namespace

result<local_heap> decode_local_heap(block_view b, file_sizes sizes)
{
    cursor c(b, "local heap");
    c.expect_signature("HEAP");
    c.expect_version(0, 0);
    c.skip(3);
    local_heap out;
    out.data_size = sizes.read_length(c);
    out.free_list = sizes.read_unlimited_length(c);
    out.data_address = sizes.read_address(c);
    c.require(
        out.data_size == 0 || out.data_address != undefined_address,
        errc::bad_value,
        "undefined address of the data segment"
    );
    return c.finish(out);
}

result<void> check_free_list(block_view segment, local_heap const& heap, file_sizes sizes)
{
    constexpr std::uint64_t end_of_list = 1;
    std::uint64_t blocks_left = segment.size() / (2u * sizes.lengths);
    cursor c(segment, name);
    auto at = heap.free_list;
    while (c.ok() && at != end_of_list && at != undefined_address) {
        c = cursor(segment, name);
        c.require(at < segment.size(), errc::bad_value, "free block outside of the segment");
        c.require(blocks_left-- != 0, errc::bad_value, "free blocks in a circle");
        c.skip(at);
        auto const next = sizes.read_unlimited_length(c);
        auto const size = sizes.read_length(c);
        c.require(size <= segment.size() - at, errc::bad_value, "free block past the segment");
        at = next;
    }
    return c.ok() ? result<void>() : c.failure();
}

result<std::string_view> local_heap_text(block_view segment, std::uint64_t offset)
{
    if (offset >= segment.size())
        return error(errc::bad_value, segment.at, name, "text offset " + std::to_string(offset));
    cursor c(segment, name);
    c.skip(offset);
    auto const text = c.c_string();
    return c.finish(text);
}

}  // namespace lindi::hdf5
