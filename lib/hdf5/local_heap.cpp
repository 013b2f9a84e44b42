#include <lindi/hdf5/local_heap.hpp>

namespace lindi::hdf5 {

result<local_heap> decode_local_heap(block_view b, file_sizes sizes)
{
    cursor c(b, "local heap");
    c.expect_signature("HEAP");
    c.expect_version(0, 0);
    c.skip(3);
    local_heap out;
    out.data_size = sizes.read_length(c);
    out.free_list = sizes.read_length(c);
    out.data_address = sizes.read_address(c);
    c.require(
        out.data_size == 0 || out.data_address != undefined_address,
        errc::bad_value,
        "undefined address of the data segment"
    );
    return c.finish(out);
}

result<std::string_view> local_heap_text(block_view segment, std::uint64_t offset)
{
    constexpr char const* name = "local heap data segment";
    if (offset >= segment.size())
        return error(errc::bad_value, segment.at, name, "text offset " + std::to_string(offset));
    cursor c(segment, name);
    c.skip(offset);
    auto const text = c.c_string();
    return c.finish(text);
}

}  // namespace lindi::hdf5
