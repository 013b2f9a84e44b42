#include <lindi/zarr/json_number.hpp>

#include <cmath>
#include <cstring>
#include <limits>

namespace lindi::zarr {
namespace {

using hdf5::type_class;

void put_bits(hdf5::datatype const& type, std::uint64_t bits, std::span<std::byte> to)
{
    bool const big = type.order == hdf5::byte_order::big;
    for (std::size_t i = 0; i < to.size(); ++i) {
        to[big ? to.size() - 1 - i : i] = static_cast<std::byte>(bits & 0xff);
        bits >>= 8;
    }
}

/// The 80 bits of the x87, in 16 bytes.
void put_long_double(hdf5::datatype const& type, double value, std::span<std::byte> to)
{
    constexpr std::uint64_t top_bit = std::uint64_t{1} << 63;
    std::uint64_t mantissa = 0, exponent = 0;
    int scale = 0;
    auto const fraction = std::frexp(std::fabs(value), &scale);  // [0.5, 1)
    if (!std::isfinite(value)) {
        mantissa = std::isnan(value) ? top_bit | top_bit >> 1 : top_bit;
        exponent = 0x7fff;
    } else if (fraction != 0) {
        mantissa = static_cast<std::uint64_t>(std::ldexp(fraction, 64));
        exponent = static_cast<std::uint64_t>(scale + 16382);
    }
    bool const big = type.order == hdf5::byte_order::big;
    exponent |= std::signbit(value) ? 0x8000 : 0;
    put_bits(type, mantissa, big ? to.subspan(8) : to.first(8));
    put_bits(type, exponent, big ? to.first(8) : to.subspan(8));
}

void put_float(hdf5::datatype const& type, double value, std::span<std::byte> to)
{
    if (type.size == 2) {
        put_bits(type, half_bits(value), to);
    } else if (type.size == 4) {
        auto const narrow = static_cast<float>(value);
        std::uint32_t bits = 0;
        std::memcpy(&bits, &narrow, sizeof bits);
        put_bits(type, bits, to);
    } else if (type.size == 8) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        put_bits(type, bits, to);
    } else {
        put_long_double(type, value, to);
    }
}

/// Whether an integer of `bits` bits holds the number.
bool fits(std::uint64_t bits, bool is_signed, json_number const& number)
{
    if (auto const* const whole = std::get_if<std::int64_t>(&number)) {
        if (!is_signed)
            return *whole >= 0 && (bits >= 63 || *whole >> bits == 0);
        return bits >= 64 || (*whole >> (bits - 1)) == (*whole < 0 ? -1 : 0);
    }
    return std::holds_alternative<std::uint64_t>(number) && !is_signed && bits == 64;
}

void put_integer(
    json_reader& r, hdf5::datatype const& type, json_number number, std::span<std::byte> to
)
{
    // numpy takes whole floats for fill values.
    if (auto const* const real = std::get_if<double>(&number);
        real != nullptr && std::trunc(*real) == *real && std::fabs(*real) < 0x1p53)
        number = static_cast<std::int64_t>(*real);
    if (!fits(8 * std::uint64_t{type.size}, type.is_signed, number)) {
        r.fail(errc::bad_value, "a number that the type does not have");
        return;
    }
    auto const* const whole = std::get_if<std::int64_t>(&number);
    put_bits(
        type,
        whole != nullptr ? static_cast<std::uint64_t>(*whole) : std::get<std::uint64_t>(number),
        to
    );
}

double non_finite_value(std::string_view text)
{
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    if (text == "NaN")
        return std::numeric_limits<double>::quiet_NaN();
    return text == "Infinity" ? infinity : -infinity;
}

}  // namespace

std::uint16_t half_bits(double value) noexcept
{
    unsigned const sign = std::signbit(value) ? 0x8000 : 0;
    auto const size = std::fabs(value);
    if (std::isnan(value))
        return 0x7e00;
    if (size >= 65520)
        return static_cast<std::uint16_t>(sign | 0x7c00);
    if (size < 0x1p-14)  // a subnormal counts steps of 2^-24; 1024 of them are the least normal
        return static_cast<std::uint16_t>(
            sign | static_cast<unsigned>(std::nearbyint(size * 0x1p24))
        );
    int exponent = 0;
    auto const fraction = std::frexp(size, &exponent);  // [0.5, 1)
    auto const mantissa = static_cast<unsigned>(std::nearbyint(fraction * 2048));
    // A mantissa that was rounded up to 2048 carries into the exponent.
    auto const normal = (static_cast<unsigned>(exponent + 14) << 10) + mantissa - 1024;
    return static_cast<std::uint16_t>(sign | normal);
}

bool is_non_finite(std::string_view text) noexcept
{
    return text == "NaN" || text == "Infinity" || text == "-Infinity";
}

void take_number_element(json_reader& r, hdf5::datatype const& type, std::span<std::byte> element)
{
    json_number number = std::int64_t{0};
    if (r.kind() == json_kind::boolean) {
        number = std::int64_t{r.take_boolean() ? 1 : 0};
    } else if (r.kind() == json_kind::text) {
        auto const text = r.take_raw_text();
        if (!is_non_finite(text) || type.what != type_class::floating)
            return r.fail(errc::bad_value, "text where a number must be");
        number = non_finite_value(text);
    } else {
        if (r.kind() != json_kind::number)
            return r.fail(errc::bad_value, "no number where one must be");
        number = r.take_number();
    }
    if (!r.ok())
        return;
    if (type.what == type_class::floating) {
        auto const value = std::visit([](auto n) { return static_cast<double>(n); }, number);
        put_float(type, value, element);
    } else {
        put_integer(r, type.what == type_class::enumeration ? *type.base : type, number, element);
    }
}

}  // namespace lindi::zarr
