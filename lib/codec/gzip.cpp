#include "growing_output.hpp"

#include <lindi/codec/gzip.hpp>

#include <zlib.h>

#include <algorithm>
#include <new>

namespace lindi::codec {
namespace {

constexpr auto name = "gzip codec";
constexpr std::uint64_t most_per_byte = 1032;  // a match of 258 bytes takes two bits at least
constexpr std::size_t most_at_once = std::size_t{1} << 30;  // zlib counts in 32 bits
constexpr int gzip_window = 15 + 16;  // the largest window; 16: a gzip header, and no other

class gunzipper {
public:
    explicit gunzipper(block_view in) : in_(in)
    {
        if (inflateInit2(&stream_, gzip_window) != Z_OK)
            throw std::bad_alloc();
    }
    gunzipper(gunzipper const&) = delete;
    gunzipper& operator=(gunzipper const&) = delete;
    ~gunzipper() { inflateEnd(&stream_); }

    result<bytes> run(std::uint64_t max_size)
    {
        growing_output out(in_.size() * most_per_byte, max_size);
        do {
            for (int status = Z_OK; status != Z_STREAM_END;) {
                status = step(out.room(), out);
                if (out.over())
                    return error(errc::too_large, at(), name, "size of the chunk");
                if (status != Z_OK && status != Z_STREAM_END)
                    return failure(status);
            }
        } while (next_member());
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
        stream_.avail_in = static_cast<unsigned>(left.size());
        stream_.next_out = reinterpret_cast<Bytef*>(room.data());
        stream_.avail_out = static_cast<unsigned>(room.size());
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
            return error(errc::truncated, at(), name);
        return error(errc::bad_value, at(), name, stream_.msg != nullptr ? stream_.msg : "");
    }

    std::uint64_t at() const noexcept { return in_.at + used_; }

    block_view in_;
    std::size_t used_ = 0;
    z_stream stream_{};
};

}  // namespace

result<bytes> decode_gzip(block_view in, client_values, std::uint64_t max_size)
{
    return gunzipper(in).run(max_size);
}

}  // namespace lindi::codec
