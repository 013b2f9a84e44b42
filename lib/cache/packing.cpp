#include "packing.hpp"

#include <lz4.h>

namespace lindi::cache {
namespace {

constexpr char plain = 0;
constexpr char lz4 = 1;

}  // namespace

void pack(std::string& onto, std::string_view bytes)
{
    constexpr std::size_t least = 64;
    constexpr std::size_t most = LZ4_MAX_INPUT_SIZE;
    auto const start = onto.size();
    if (bytes.size() >= least && bytes.size() <= most) {
        // No more room than is worth it: LZ4 gives up when it needs more.
        auto const room = bytes.size() - bytes.size() / 8;
        onto.resize(start + 1 + room, lz4);
        auto const size = ::LZ4_compress_default(
            bytes.data(),
            onto.data() + start + 1,
            static_cast<int>(bytes.size()),
            static_cast<int>(room)
        );
        if (size > 0)
            return onto.resize(start + 1 + static_cast<std::size_t>(size));
    }
    onto.resize(start);
    onto.append(1, plain).append(bytes);
}

std::optional<std::string_view>
unpack(std::string_view packed, std::uint64_t size, std::string& room)
{
    if (packed.empty())
        return std::nullopt;
    auto const bytes = packed.substr(1);
    if (packed[0] == plain)
        return bytes.size() == size ? std::optional(bytes) : std::nullopt;
    // An LZ4 block is at most 255 times as long when it is decoded.
    constexpr std::uint64_t most = 255;
    if (packed[0] != lz4 || size > LZ4_MAX_INPUT_SIZE || size / most > bytes.size())
        return std::nullopt;
    room.resize(static_cast<std::size_t>(size));
    auto const got = ::LZ4_decompress_safe(
        bytes.data(), room.data(), static_cast<int>(bytes.size()), static_cast<int>(room.size())
    );
    bool const right = got >= 0 && static_cast<std::uint64_t>(got) == size;
    return right ? std::optional<std::string_view>(room) : std::nullopt;
}

}  // namespace lindi::cache
