#include "growing_output.hpp"

#include <lindi/codec/deflate.hpp>

#include <zlib.h>

#include <new>

namespace lindi::codec {
namespace {

constexpr auto name = "deflate filter";
constexpr std::uint64_t most_per_byte = 1032;  // a match of 258 bytes takes two bits at least
constexpr std::size_t most_at_once = std::size_t{1} << 30;  // zlib counts in 32 bits

class inflater {
public:
    explicit inflater(block_view in) : in_(in)
    {
        if (inflateInit(&stream_) != Z_OK)
            throw std::bad_alloc();
    }
    inflater(inflater const&) = delete;
    inflater& operator=(inflater const&) = delete;
    ~inflater() { inflateEnd(&stream_); }

    result<bytes> run(std::uint64_t max_size)
    {
        growing_output out(in_.size() * most_per_byte, max_size);
        for (int status = Z_OK; status != Z_STREAM_END;) {
            status = step(out.room(), out);
            if (out.over())
                return error(errc::too_large, at(), name, "size of the chunk");
            if (status != Z_OK && status != Z_STREAM_END)
                return failure(status);
        }
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

    error failure(int status) const
    {
        if (status == Z_MEM_ERROR)
            throw std::bad_alloc();
        if (status == Z_BUF_ERROR)
            return error(errc::truncated, at(), name);
        if (status == Z_NEED_DICT)
            return error(errc::bad_value, at(), name, "needs a dictionary");
        return error(errc::bad_value, at(), name, stream_.msg != nullptr ? stream_.msg : "");
    }

    std::uint64_t at() const noexcept { return in_.at + used_; }

    block_view in_;
    std::size_t used_ = 0;
    z_stream stream_{};
};

}  // namespace

result<bytes> decode_deflate(block_view in, client_values, std::uint64_t max_size)
{
    return inflater(in).run(max_size);
}

}  // namespace lindi::codec
