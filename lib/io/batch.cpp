#include <lindi/io/batch.hpp>

namespace lindi::io {

std::uint64_t batch_bytes(reader const& from) noexcept
{
    constexpr std::uint64_t mebibyte = 1024 * 1024;
    return from.cost().round_trip == 0 ? mebibyte : 32 * mebibyte;
}

}  // namespace lindi::io
