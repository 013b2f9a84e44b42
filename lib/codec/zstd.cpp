#include <lindi/codec/zstd.hpp>
#include <lindi/core/cursor.hpp>

#if LINDI_WITH_ZSTD
#include <zstd.h>
#include <zstd_errors.h>
#endif

#include <algorithm>
#include <memory>
#include <new>

namespace lindi::codec {
namespace {

constexpr auto name = "zstd filter";

#if LINDI_WITH_ZSTD

constexpr std::uint64_t most_per_block = std::uint64_t{1} << 17;
constexpr std::uint64_t smallest_block = 4;  // bytes, with its header

struct free_context {
    void operator()(ZSTD_DCtx* context) const noexcept { ZSTD_freeDCtx(context); }
};
using context_ptr = std::unique_ptr<ZSTD_DCtx, free_context>;

context_ptr make_context()
{
    context_ptr context(ZSTD_createDCtx());
    if (!context)
        throw std::bad_alloc();
    return context;
}

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

/// Only the format of RFC 8878: libzstd may be built with decoders of what came before it, which
/// hardly anyone looks after.
result<std::size_t> find_frame(block_view in)
{
    cursor c(in, name);
    auto const magic = c.u32();
    bool const skippable = (magic & 0xfffffff0) == ZSTD_MAGIC_SKIPPABLE_START;
    c.require(magic == ZSTD_MAGICNUMBER || skippable, errc::bad_value, "not a Zstandard frame");
    if (!c.ok())
        return c.failure();
    auto const size = ZSTD_findFrameCompressedSize(in.bytes.data(), in.size());
    if (ZSTD_isError(size) != 0)
        return failure(in.at, size);
    return size;
}

#endif

}  // namespace

#if LINDI_WITH_ZSTD

result<bytes> decode_zstd(block_view in, client_values, std::uint64_t max_size)
{
    // The whole output is one buffer, so that zstd needs no window of the size that the file wants.
    auto const most = (in.size() / smallest_block + 1) * most_per_block;
    bytes out(std::min(max_size, most));
    std::size_t used = 0;
    auto const context = make_context();
    do {
        auto const frame = find_frame(in);
        if (!frame)
            return frame.error();
        auto const size = ZSTD_decompressDCtx(
            context.get(), out.data() + used, out.size() - used, in.bytes.data(), *frame
        );
        if (ZSTD_isError(size) != 0)
            return failure(in.at, size);
        used += size;
        in = in.sub(*frame, in.size());
    } while (in.size() != 0);
    out.resize(used);
    return out;
}

#else

result<bytes> decode_zstd(block_view in, client_values, std::uint64_t)
{
    return error(errc::missing_filter, in.at, name, "filter 32015 (zstd): built without libzstd");
}

#endif

}  // namespace lindi::codec
