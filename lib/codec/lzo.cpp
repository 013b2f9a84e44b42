#include "lzo1x.hpp"

#include <lindi/codec/lzo.hpp>

#include <zlib.h>

namespace lindi::codec {
namespace {

std::uint32_t adler32_of(bytes const& data)
{
    auto const* const first = reinterpret_cast<Bytef const*>(data.data());
    return static_cast<std::uint32_t>(adler32_z(adler32_z(0, nullptr, 0), first, data.size()));
}

/// Most streams end with the chunk; PyTables 0.7 put checksum and size behind.
void check_trailer(cursor& c, bytes const& data)
{
    if (!c.ok() || c.remaining() == 0)
        return;
    auto const checksum = c.u32();
    auto const size = c.u32();
    c.require(c.remaining() == 0, errc::bad_value, "bytes behind the end of the stream");
    c.require(size == data.size(), errc::bad_value, "size of the data");
    if (c.ok() && checksum != adler32_of(data))
        c.fail(errc::bad_checksum, "Adler-32");
}

}  // namespace

result<bytes> decode_lzo(block_view in, client_values, std::uint64_t max_size)
{
    cursor c(in, "lzo filter");
    bytes data(std::min(max_size, in.size() * lzo1x_most_per_byte));
    lz_output out(data);
    decode_lzo1x(c, out);
    data.resize(out.size());
    check_trailer(c, data);
    return c.finish(std::move(data));
}

}  // namespace lindi::codec
