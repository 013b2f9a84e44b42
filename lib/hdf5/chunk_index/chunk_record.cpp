#include <lindi/hdf5/chunk_index/chunk_record.hpp>

namespace lindi::hdf5 {

result<chunk_record_format> chunk_record_format::from_element_size(
    bool filtered, std::uint64_t element_size, file_sizes sizes, std::uint64_t at
)
{
    constexpr char const* name = "chunk index element";
    auto const wrong_size =
        error(errc::bad_value, at, name, std::to_string(element_size) + " bytes");
    if (!filtered) {
        if (element_size != sizes.offsets)
            return wrong_size;
        return chunk_record_format{};
    }
    auto const rest = sizes.offsets + 4u;
    if (element_size <= rest || element_size > rest + 8)
        return wrong_size;
    return chunk_record_format{true, static_cast<std::uint8_t>(element_size - rest)};
}

chunk_record read_chunk_record(cursor& c, chunk_record_format format, file_sizes sizes)
{
    chunk_record out;
    out.address = sizes.read_address(c);
    if (format.filtered) {
        out.size = c.uint(format.size_width);
        out.filter_mask = c.u32();
    }
    return out;
}

}  // namespace lindi::hdf5
