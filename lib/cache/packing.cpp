#include "packing.hpp"

#include <lz4.h>

namespace lindi::cache {
namespace {

constexpr char plain = 0;
constexpr char lz4 = 1;

}  // namespace

std::string pack(std::string_view bytes)
{
    constexpr std::size_t least = 64;
    constexpr std::size_t most = LZ4_MAX_INPUT_SIZE;
    if (bytes.size() >= least && bytes.size() <= most) {
        // No more room than is worth it: LZ4 gives up when it needs more.
        std::string out(1 + bytes.size() - bytes.size() / 8, lz4);
        auto const size = ::LZ4_compress_default(
            bytes.data(),
            out.data() + 1,
            static_cast<int>(bytes.size()),
            static_cast<int>(out.size() - 1)
        );
        if (size > 0) {
            out.resize(1 + static_cast<std::size_t>(size));
            return out;
        }
    }
    return std::string(1, plain).append(bytes);
}

std::optional<std::string> unpack(std::string_view packed, std::uint64_t size)
{
    if (packed.empty())
        return std::nullopt;
    auto const bytes = packed.substr(1);
    if (packed[0] == plain)
        return bytes.size() == size ? std::optional(std::string(bytes)) : std::nullopt;
    // An LZ4 block is at most 255 times as long when it is decoded.
    constexpr std::uint64_t most = 255;
    if (packed[0] != lz4 || size > LZ4_MAX_INPUT_SIZE || size / most > bytes.size())
        return std::nullopt;
    std::string out(static_cast<std::size_t>(size), '\0');
    auto const got = ::LZ4_decompress_safe(
        bytes.data(), out.data(), static_cast<int>(bytes.size()), static_cast<int>(out.size())
    );
    return got >= 0 && static_cast<std::uint64_t>(got) == size ? std::optional(std::move(out))
                                                               : std::nullopt;
}

}  // namespace lindi::cache
