#include <lindi/hdf5/global_heap.hpp>

#include <algorithm>

namespace lindi::hdf5 {
namespace {

constexpr char const* name = "global heap collection";

/// Objects, and the header in front of them, start at multiples of this.
constexpr std::size_t alignment = 8;

/// Reads the header; the size counts from the signature on.
std::uint64_t read_header(cursor& c, file_sizes sizes)
{
    c.expect_signature("GCOL");
    c.expect_version(1, 1);
    c.skip(3);
    auto const size = sizes.read_length(c);
    c.require(size >= 8u + sizes.lengths, errc::bad_value, "size smaller than the header");
    return size;
}

constexpr std::size_t object_header_size(file_sizes sizes) noexcept
{
    return (8u + sizes.lengths + alignment - 1) / alignment * alignment;
}

/// Reads one object. Index 0 is free space: its size covers its own header, and may say more than
/// there is, since no object can hide behind the end.
heap_object read_object(cursor& c, file_sizes sizes)
{
    auto const start = c.position();
    heap_object out;
    out.index = c.u16();
    c.skip(6);  // reference count, reserved
    auto const size = sizes.read_length(c);
    c.align(alignment);
    if (out.index != 0) {
        out.data = c.take(size);
        // libhdf5 pads the last object too; others may not
        c.skip(std::min((alignment - c.position() % alignment) % alignment, c.remaining()));
        return out;
    }
    auto const header = c.position() - start;
    if (c.require(size >= header, errc::bad_value, "free space smaller than its header"))
        c.skip(std::min<std::uint64_t>(size - header, c.remaining()));
    return out;
}

/// Finding an index twice would leave open which object is meant.
void expect_new(cursor& c, std::vector<bool>& seen, std::uint32_t index)
{
    if (index >= seen.size())
        seen.resize(index + std::size_t{1});
    c.require(!seen[index], errc::bad_value, "two objects with one index");
    seen[index] = true;
}

}  // namespace

global_heap_id read_global_heap_id(cursor& c, file_sizes sizes)
{
    global_heap_id out;
    out.collection = sizes.read_address(c);
    out.index = c.u32();
    return out;
}

result<std::uint64_t> decode_collection_size(block_view b, file_sizes sizes)
{
    cursor c(b, name);
    auto const size = read_header(c, sizes);
    return c.finish(size);
}

result<std::vector<heap_object>> decode_collection(block_view b, file_sizes sizes)
{
    cursor whole(b, name);
    auto const size = read_header(whole, sizes);
    if (whole.ok() && size > b.size())
        whole.fail(errc::truncated, "size " + std::to_string(size));
    if (!whole.ok())
        return whole.failure();

    cursor c(b.sub(0, static_cast<std::size_t>(size)), name);
    c.skip(whole.position());
    c.align(alignment);
    std::vector<heap_object> out;
    std::vector<bool> seen;
    // What is too short for an object is free space that has no header.
    while (c.ok() && c.remaining() >= object_header_size(sizes)) {
        auto const object = read_object(c, sizes);
        if (!c.ok() || object.index == 0)
            continue;
        expect_new(c, seen, object.index);
        out.push_back(object);
    }
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
