#include "lz4_block.hpp"

#include <limits>

#include <lz4.h>

namespace lindi::codec {

bool decode_lz4_block(std::span<std::byte const> in, std::span<std::byte> out) noexcept
{
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<int>::max());
    if (in.empty() || in.size() > most || out.size() > most)
        return false;
    auto const size = LZ4_decompress_safe(
        reinterpret_cast<char const*>(in.data()),
        reinterpret_cast<char*>(out.data()),
        static_cast<int>(in.size()),
        static_cast<int>(out.size())
    );
    return size >= 0 && static_cast<std::size_t>(size) == out.size();
}

}  // namespace lindi::codec
