#include "stream_vbyte.hpp"

#include <lindi/core/checked.hpp>

namespace lindi::codec {

stream_vbyte::stream_vbyte(cursor& c, std::uint64_t count, vbyte_code code)
    : c_(c), lengths_(c.take(divide_up(count, 4)).bytes), code_(code)
{}

std::uint32_t stream_vbyte::next()
{
    if (!c_.ok())
        return 0;
    auto const lengths = std::to_integer<unsigned>(lengths_[used_ / 4]);
    auto const length = lengths >> 2 * (used_ % 4) & 3;
    ++used_;
    if (code_ == vbyte_code::bytes)
        return static_cast<std::uint32_t>(c_.uint(length + 1));
    return half_bytes(length == 3 ? 4 : length);
}

std::uint32_t stream_vbyte::half_bytes(unsigned count)
{
    std::uint32_t value = 0;
    for (unsigned i = 0; i < count; ++i) {
        auto const both = upper_half_ ? *upper_half_ : c_.u8();
        value |= (upper_half_ ? both >> 4u : both & 15u) << 4 * i;
        upper_half_ = upper_half_ ? std::nullopt : std::optional(both);
    }
    return value;
}

}  // namespace lindi::codec
