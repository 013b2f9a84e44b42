#if LINDI_WITH_BZIP2
#include "growing_output.hpp"
#endif

#include <lindi/codec/bzip2.hpp>

#if LINDI_WITH_BZIP2
#include <bzlib.h>
#endif

#include <new>

namespace lindi::codec {
namespace {

constexpr auto name = "bzip2 filter";

#if LINDI_WITH_BZIP2

constexpr std::size_t most_at_once = std::size_t{1} << 30;  // libbz2 counts in 32 bits

class decompressor {
public:
    explicit decompressor(block_view in) : in_(in)
    {
        if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK)
            throw std::bad_alloc();
    }
    decompressor(decompressor const&) = delete;
    decompressor& operator=(decompressor const&) = delete;
    ~decompressor() { BZ2_bzDecompressEnd(&stream_); }

    result<bytes> run(std::uint64_t max_size)
    {
        growing_output out(in_.size() * 16, max_size);
        for (int status = BZ_OK; status != BZ_STREAM_END;) {
            auto const room = out.room();
            status = step(room, out);
            if (out.over())
                return error(errc::too_large, at(), name, "size of the chunk");
            if (status != BZ_OK && status != BZ_STREAM_END)
                return failure(status);
            if (status == BZ_OK && used_ == in_.size() && stream_.avail_out != 0)
                return error(errc::truncated, at(), name);
        }
        return out.take();
    }

private:
    int step(std::span<std::byte> room, growing_output& out)
    {
        auto const left =
            in_.bytes.subspan(used_).first(std::min(in_.size() - used_, most_at_once));
        room = room.first(std::min(room.size(), most_at_once));
        // libbz2 takes its input as not const, and only reads it.
        stream_.next_in = reinterpret_cast<char*>(const_cast<std::byte*>(left.data()));
        stream_.avail_in = static_cast<unsigned>(left.size());
        stream_.next_out = reinterpret_cast<char*>(room.data());
        stream_.avail_out = static_cast<unsigned>(room.size());
        auto const status = BZ2_bzDecompress(&stream_);
        used_ += left.size() - stream_.avail_in;
        out.wrote(room.size() - stream_.avail_out);
        return status;
    }

    error failure(int status) const
    {
        if (status == BZ_MEM_ERROR)
            throw std::bad_alloc();
        return error(errc::bad_value, at(), name, "damaged stream");
    }

    std::uint64_t at() const noexcept { return in_.at + used_; }

    block_view in_;
    std::size_t used_ = 0;
    bz_stream stream_{};
};

#endif

}  // namespace

#if LINDI_WITH_BZIP2

result<bytes> decode_bzip2(block_view in, client_values, std::uint64_t max_size)
{
    return decompressor(in).run(max_size);
}

#else

result<bytes> decode_bzip2(block_view in, client_values, std::uint64_t)
{
    return error(errc::missing_filter, in.at, name, "filter 307 (bzip2): built without libbz2");
}

#endif

}  // namespace lindi::codec
