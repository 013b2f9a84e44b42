#include <lindi/codec/zstd.hpp>

#if LINDI_WITH_ZSTD
#include <zstd.h>
#include <zstd_errors.h>
#endif

#include <algorithm>
#include <new>

namespace lindi::codec {
namespace {

constexpr auto name = "zstd filter";

#if LINDI_WITH_ZSTD

constexpr std::uint64_t most_per_block = std::uint64_t{1} << 17;
constexpr std::uint64_t smallest_block = 4;  // bytes, with its header

error failure(std::uint64_t at, std::size_t status)
{
    auto const why = ZSTD_getErrorString(ZSTD_getErrorCode(status));
    switch (ZSTD_getErrorCode(status)) {
    case ZSTD_error_memory_allocation:
        throw std::bad_alloc();
    case ZSTD_error_dstSize_tooSmall:
        return error(errc::too_large, at, name, "size of the chunk");
    case ZSTD_error_srcSize_wrong:
        return error(errc::truncated, at, name);
    case ZSTD_error_checksum_wrong:
        return error(errc::bad_checksum, at, name);
    default:
        return error(errc::bad_value, at, name, why);
    }
}

#endif

}  // namespace

#if LINDI_WITH_ZSTD

result<bytes> decode_zstd(block_view in, client_values, std::uint64_t max_size)
{
    // The whole output is one buffer, so that zstd needs no window of the size that the file asks
    // for.
    auto const most = (in.size() / smallest_block + 1) * most_per_block;
    bytes out(std::min(max_size, most));
    auto const size = ZSTD_decompress(out.data(), out.size(), in.bytes.data(), in.size());
    if (ZSTD_isError(size) != 0)
        return failure(in.at, size);
    out.resize(size);
    return out;
}

#else

result<bytes> decode_zstd(block_view in, client_values, std::uint64_t)
{
    return error(errc::missing_filter, in.at, name, "filter 32015 (zstd): built without libzstd");
}

#endif

}  // namespace lindi::codec
