#include "array_block.hpp"

#include <lindi/hdf5/checksum.hpp>

namespace lindi::hdf5 {

bool read_array_client(cursor& c, std::string_view signature)
{
    c.expect_signature(signature);
    c.expect_version(0, 0);
    auto const client = c.u8();
    c.require(client <= 1, errc::bad_value, "unknown client of the array");
    return client == 1;
}

void expect_array_block(
    cursor& c,
    std::string_view signature,
    bool filtered,
    std::uint64_t header_address,
    file_sizes sizes
)
{
    auto const found = read_array_client(c, signature);
    c.require(found == filtered, errc::bad_value, "client differs from the header's");
    c.require(sizes.read_address(c) == header_address, errc::bad_value, "block of another array");
}

std::vector<chunk_record>
read_chunk_records(cursor& c, std::uint64_t count, chunk_record_format format, file_sizes sizes)
{
    std::vector<chunk_record> out;
    if (!c.room_for(count, format.size(sizes)))
        return out;
    out.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t i = 0; i < count; ++i)
        out.push_back(read_chunk_record(c, format, sizes));
    return out;
}

std::vector<bool> read_page_bits(cursor& c, std::uint64_t size, std::uint64_t count)
{
    auto const bitmap = c.take(size).bytes;
    std::vector<bool> out;
    if (!c.ok())
        return out;
    out.reserve(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < count; ++i)
        out.push_back((bitmap[i / 8] & std::byte{0x80} >> i % 8) != std::byte{0});
    return out;
}

result<std::vector<chunk_record>> decode_array_page(
    block_view b,
    std::uint64_t count,
    chunk_record_format format,
    file_sizes sizes,
    char const* structure
)
{
    cursor c(b, structure);
    auto records = read_chunk_records(c, count, format, sizes);
    expect_checksum(c, b);
    return c.finish(std::move(records));
}

}  // namespace lindi::hdf5
