#include "inflate.hpp"

#include "growing_output.hpp"

#include <zlib.h>
#if LINDI_WITH_LIBDEFLATE
#include <libdeflate.h>
#endif

#include <algorithm>
#include <memory>
#include <new>
#include <optional>

namespace lindi::codec {
namespace {

constexpr std::uint64_t most_per_byte = 1032;  // a match of 258 bytes takes two bits at least
constexpr std::size_t most_at_once = std::size_t{1} << 30;  // zlib counts in 32 bits

class inflater {
public:
    inflater(block_view in, deflate_wrapper wrapper, char const* name)
        : in_(in), name_(name), has_members_(wrapper == deflate_wrapper::gzip)
    {
        constexpr int gzip_only = 16;  // added to the window's bits: a gzip header, and no other
        if (inflateInit2(&stream_, MAX_WBITS + (has_members_ ? gzip_only : 0)) != Z_OK)
            throw std::bad_alloc();
    }
    inflater(inflater const&) = delete;
    inflater& operator=(inflater const&) = delete;
    ~inflater() { inflateEnd(&stream_); }

    result<bytes> run(std::uint64_t max_size)
    {
        growing_output out(in_.size() * most_per_byte, max_size);
        do {
            for (int status = Z_OK; status != Z_STREAM_END;) {
                status = step(out.room(), out);
                if (out.over())
                    return error(errc::too_large, at(), name_, "size of the chunk");
                if (status != Z_OK && status != Z_STREAM_END)
                    return failure(status);
            }
        } while (has_members_ && next_member());
        return out.take();
    }

private:
    int step(std::span<std::byte> room, growing_output& out)
    {
        auto const left =
            in_.bytes.subspan(used_).first(std::min(in_.size() - used_, most_at_once));
        room = room.first(std::min(room.size(), most_at_once));
        // zlib takes its input as not const, and only reads it.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(left.data()));
        stream_.avail_in = static_cast<uInt>(left.size());
        stream_.next_out = reinterpret_cast<Bytef*>(room.data());
        stream_.avail_out = static_cast<uInt>(room.size());
        auto const status = inflate(&stream_, Z_NO_FLUSH);
        used_ += left.size() - stream_.avail_in;
        out.wrote(room.size() - stream_.avail_out);
        return status;
    }

    /// Whether another member follows; its first bytes are looked at by zlib.
    bool next_member()
    {
        while (used_ < in_.size() && in_.bytes[used_] == std::byte{0})
            ++used_;
        return used_ < in_.size() && inflateReset(&stream_) == Z_OK;
    }

    error failure(int status) const
    {
        if (status == Z_MEM_ERROR)
            throw std::bad_alloc();
        if (status == Z_BUF_ERROR)
            return error(errc::truncated, at(), name_);
        if (status == Z_NEED_DICT)
            return error(errc::bad_value, at(), name_, "needs a dictionary");
        return error(errc::bad_value, at(), name_, stream_.msg != nullptr ? stream_.msg : "");
    }

    std::uint64_t at() const noexcept { return in_.at + used_; }

    block_view in_;
    char const* name_;
    bool has_members_;
    std::size_t used_ = 0;
    z_stream stream_{};
};

#if LINDI_WITH_LIBDEFLATE

struct free_decompressor {
    void operator()(libdeflate_decompressor* d) const noexcept { libdeflate_free_decompressor(d); }
};

/// A zlib stream in half of zlib's time. libdeflate wants room for the whole output and does not
/// say what is wrong: after nothing, zlib is asked.
std::optional<bytes> inflate_quickly(block_view in, std::uint64_t max_size)
{
    thread_local std::unique_ptr<libdeflate_decompressor, free_decompressor> const decompressor(
        libdeflate_alloc_decompressor()
    );
    if (!decompressor)
        throw std::bad_alloc();
    bytes out(std::min<std::uint64_t>(max_size, in.size() * most_per_byte));
    std::size_t used = 0;
    std::size_t written = 0;
    auto const status = libdeflate_zlib_decompress_ex(
        decompressor.get(), in.bytes.data(), in.size(), out.data(), out.size(), &used, &written
    );
    if (status != LIBDEFLATE_SUCCESS)
        return std::nullopt;
    out.resize(written);
    return out;
}

#endif

}  // namespace

result<bytes>
inflate_all(block_view in, deflate_wrapper wrapper, char const* name, std::uint64_t max_size)
{
#if LINDI_WITH_LIBDEFLATE
    if (wrapper == deflate_wrapper::zlib)
        if (auto out = inflate_quickly(in, max_size))
            return std::move(*out);
#endif
    return inflater(in, wrapper, name).run(max_size);
}

}  // namespace lindi::codec
