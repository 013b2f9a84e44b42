#include <lindi/node/value.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace lindi::node {
namespace {

/// Sixteen bytes as one number, and parts of it.
struct wide_bits {
    std::uint64_t low = 0, high = 0;

    /// Bits [position, position + count). \pre count <= 64
    std::uint64_t field(unsigned position, unsigned count) const noexcept
    {
        std::uint64_t out = 0;
        if (position >= 64)
            out = position >= 128 ? 0 : high >> (position - 64);
        else if (position == 0)
            out = low;
        else
            out = low >> position | high << (64 - position);
        return count >= 64 ? out : out & ((std::uint64_t{1} << count) - 1);
    }
};

/// VAX numbers are 16-bit words, least significant bit first inside, most significant word first.
void unswap_vax(std::array<std::byte, 16>& bytes, std::size_t size)
{
    std::reverse(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    for (std::size_t i = 0; i + 1 < size; i += 2)
        std::swap(bytes[i], bytes[i + 1]);
}

wide_bits bits_of(hdf5::datatype const& type, std::span<std::byte const> element)
{
    std::array<std::byte, 16> bytes{};
    auto const size = std::min<std::size_t>(element.size(), bytes.size());
    std::copy_n(element.begin(), size, bytes.begin());
    if (type.order == hdf5::byte_order::big)
        std::reverse(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    else if (type.order == hdf5::byte_order::vax)
        unswap_vax(bytes, size);
    wide_bits out;
    for (std::size_t i = 0; i < 8; ++i) {
        out.low |= std::to_integer<std::uint64_t>(bytes[i]) << 8 * i;
        out.high |= std::to_integer<std::uint64_t>(bytes[i + 8]) << 8 * i;
    }
    return out;
}

/// The most significant 64 bits of the mantissa, the highest one in bit 63; `sticky` when lower
/// bits are set.
std::uint64_t top_of_mantissa(wide_bits const& bits, hdf5::datatype const& type, bool& sticky)
{
    unsigned const size = type.mantissa_size;
    if (size == 0)
        return 0;
    if (size <= 64)
        return bits.field(type.mantissa_position, size) << (64 - size);
    unsigned const rest = size - 64;
    for (unsigned done = 0; done < rest; done += 64)
        sticky =
            sticky || bits.field(type.mantissa_position + done, std::min(64u, rest - done)) != 0;
    return bits.field(type.mantissa_position + rest, 64);
}

}  // namespace

bool is_ieee(hdf5::datatype const& type) noexcept
{
    struct layout {
        std::uint32_t size;
        unsigned exponent_size, mantissa_size, bias;
    };
    constexpr std::array<layout, 3> known{{{2, 5, 10, 15}, {4, 8, 23, 127}, {8, 11, 52, 1023}}};
    return type.what == hdf5::type_class::floating && type.order != hdf5::byte_order::vax &&
           type.bit_offset == 0 && type.norm == hdf5::mantissa_norm::implied &&
           std::any_of(known.begin(), known.end(), [&](layout const& l) {
               return type.size == l.size && type.precision == 8 * l.size &&
                      type.sign_position == 8 * l.size - 1 &&
                      type.exponent_size == l.exponent_size &&
                      type.exponent_position == l.mantissa_size && type.mantissa_position == 0 &&
                      type.mantissa_size == l.mantissa_size && type.exponent_bias == l.bias;
           });
}

double decode_float(hdf5::datatype const& type, std::span<std::byte const> element)
{
    auto const bits = bits_of(type, element);
    if (is_ieee(type) && type.size == 8)
        return std::bit_cast<double>(bits.low);
    if (is_ieee(type) && type.size == 4)
        return std::bit_cast<float>(static_cast<std::uint32_t>(bits.low));

    bool const negative = bits.field(type.sign_position, 1) != 0;
    unsigned const exponent_size = std::min<unsigned>(type.exponent_size, 63);
    auto const exponent = bits.field(type.exponent_position, exponent_size);
    bool sticky = false;
    auto mantissa = top_of_mantissa(bits, type, sticky);
    bool const implied = type.norm == hdf5::mantissa_norm::implied;
    auto const special = (std::uint64_t{1} << exponent_size) - 1;
    double magnitude = 0;
    // VAX has no infinities: its largest exponent is an ordinary one.
    if (exponent == special && exponent_size != 0 && type.order != hdf5::byte_order::vax) {
        auto const fraction = implied ? mantissa : mantissa << 1;
        magnitude = fraction != 0 || sticky ? std::numeric_limits<double>::quiet_NaN()
                                            : std::numeric_limits<double>::infinity();
    } else {
        // Value: mantissa / 2^64 (with the implied 1 in front: / 2^64 + 1) times 2^exponent.
        auto scale =
            static_cast<std::int64_t>(exponent) - static_cast<std::int64_t>(type.exponent_bias);
        bool const subnormal = implied && exponent == 0;
        if (subnormal)
            ++scale;
        bool const lead = implied && !subnormal;
        if (lead) {
            sticky = sticky || (mantissa & 1) != 0;
            mantissa = mantissa >> 1 | std::uint64_t{1} << 63;
        } else if (implied) {
            sticky = sticky || (mantissa & 1) != 0;
            mantissa >>= 1;
        }
        // Round to odd, so that the one rounding that counts is the conversion to double.
        mantissa |= sticky ? 1 : 0;
        auto const clamped = std::clamp<std::int64_t>(scale - 63, -20'000, 20'000);
        magnitude = std::ldexp(static_cast<double>(mantissa), static_cast<int>(clamped));
    }
    return negative ? -magnitude : magnitude;
}

}  // namespace lindi::node
