#include "packed_file.hpp"

#include <zlib.h>

#include <fstream>
#include <functional>
#include <vector>

namespace lindi::bulk {
namespace {

constexpr std::size_t step = 256 * 1024;

error failure(std::string const& path)
{
    return error(errc::io, error::nowhere, "output", "cannot be compressed").within(path);
}

/// A gzip stream (RFC 1952) on its way to `put`.
class packer {
public:
    explicit packer(std::function<void(std::string_view)> put) : put_(std::move(put)), out_(step)
    {
        constexpr int gzip_wrapper = 15 + 16;
        constexpr int memory_level = 8;
        is_ready_ = deflateInit2(
                        &stream_,
                        Z_DEFAULT_COMPRESSION,
                        Z_DEFLATED,
                        gzip_wrapper,
                        memory_level,
                        Z_DEFAULT_STRATEGY
                    ) == Z_OK;
    }
    packer(packer const&) = delete;
    packer& operator=(packer const&) = delete;
    ~packer()
    {
        if (is_ready_)
            deflateEnd(&stream_);
    }

    /// \param text  less than 4 GiB
    bool add(std::string_view text, bool is_last)
    {
        if (!is_ready_)
            return false;
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream_.avail_in = static_cast<uInt>(text.size());
        int status = Z_OK;
        do {
            stream_.next_out = out_.data();
            stream_.avail_out = static_cast<uInt>(out_.size());
            status = deflate(&stream_, is_last ? Z_FINISH : Z_NO_FLUSH);
            if (status == Z_STREAM_ERROR)
                return false;
            put_({reinterpret_cast<char const*>(out_.data()), out_.size() - stream_.avail_out});
        } while (stream_.avail_out == 0);
        return !is_last || status == Z_STREAM_END;
    }

private:
    std::function<void(std::string_view)> put_;
    std::vector<Bytef> out_;
    z_stream stream_{};
    bool is_ready_ = false;
};

}  // namespace

result<void> pack_file(std::string const& path, std::string const& to)
{
    std::ifstream from(path, std::ios::binary);
    std::ofstream out(to, std::ios::binary);
    packer packed([&out](std::string_view text) { out << text; });
    std::vector<char> buffer(step);
    bool fine = from.is_open();
    while (fine && from) {
        from.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        fine = packed.add({buffer.data(), static_cast<std::size_t>(from.gcount())}, from.eof());
    }
    out.flush();
    return fine && from.eof() && out ? result<void>() : failure(path);
}

result<std::string> pack_text(std::string_view text)
{
    std::string out;
    packer packed([&out](std::string_view part) { out += part; });
    if (!packed.add(text, true))
        return failure("");
    return out;
}

}  // namespace lindi::bulk
