#include "lz4_block.hpp"

#include <lindi/codec/lz4_sized.hpp>
#include <lindi/core/cursor.hpp>

namespace lindi::codec {

result<bytes> decode_lz4_sized(block_view in, client_values, std::uint64_t max_size)
{
    constexpr auto name = "lz4 codec";
    constexpr std::uint64_t most_per_byte = 255;  // a byte of a long match
    cursor c(in, name);
    auto const size = c.u32();
    if (!c.ok())
        return c.failure();
    if (size > max_size)
        return error(errc::too_large, in.at, name, "size of the chunk");
    if (size / most_per_byte > in.size())
        return error(errc::bad_value, in.at, name, "a size that so few bytes cannot give");
    bytes out(size);
    if (!decode_lz4_block(c.rest().bytes, out))
        return error(errc::bad_value, in.at, name, "damaged block");
    return out;
}

}  // namespace lindi::codec
