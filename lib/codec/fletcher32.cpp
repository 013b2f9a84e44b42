#include <lindi/codec/fletcher32.hpp>
#include <lindi/core/cursor.hpp>

#include <algorithm>

namespace lindi::codec {
namespace {

constexpr auto name = "fletcher32 filter";
constexpr std::size_t checksum_size = 4;

/// A sum modulo 65535, where only the sum 0 gives 0: what folding the carries back in comes to.
std::uint64_t fold(std::uint64_t sum) noexcept
{
    return sum == 0 ? 0 : (sum - 1) % 0xffff + 1;
}

std::uint32_t swap_in_halves(std::uint32_t value) noexcept
{
    return (value & 0x00ff00ff) << 8 | (value >> 8 & 0x00ff00ff);
}

}  // namespace

std::uint32_t fletcher32(std::span<std::byte const> data) noexcept
{
    constexpr std::size_t piece = std::size_t{1} << 17;  // bytes; the sums stay below 2^50
    std::uint64_t sum1 = 0;
    std::uint64_t sum2 = 0;
    for (; data.size() >= 2; sum1 = fold(sum1), sum2 = fold(sum2)) {
        auto const size = std::min(data.size() & ~std::size_t{1}, piece);
        for (std::size_t i = 0; i < size; i += 2) {
            sum1 += std::to_integer<std::uint64_t>(data[i]) << 8 |
                    std::to_integer<std::uint64_t>(data[i + 1]);
            sum2 += sum1;
        }
        data = data.subspan(size);
    }
    if (!data.empty()) {
        sum1 = fold(sum1 + (std::to_integer<std::uint64_t>(data[0]) << 8));
        sum2 = fold(sum2 + sum1);
    }
    return static_cast<std::uint32_t>(sum2 << 16 | sum1);
}

result<bytes> decode_fletcher32(block_view in, client_values, std::uint64_t max_size)
{
    if (in.size() < checksum_size)
        return error(errc::truncated, in.at, name);
    auto const size = in.size() - checksum_size;
    if (size > max_size)
        return error(errc::too_large, in.at, name, "size of the chunk");
    auto const data = in.sub(0, size).bytes;
    cursor c(in.sub(size, checksum_size), name);
    auto const stored = c.u32();
    auto const computed = fletcher32(data);
    if (stored != computed && stored != swap_in_halves(computed))
        return error(errc::bad_checksum, in.at + size, name);
    return bytes(data.begin(), data.end());
}

}  // namespace lindi::codec
