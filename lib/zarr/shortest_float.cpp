#include <lindi/zarr/shortest_float.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace lindi::zarr {
namespace {

/// The nearest binary16 number, as a double; ties go to the even one. \pre |value| is finite
double rounded_to_half(double value)
{
    int exponent = 0;
    std::frexp(value, &exponent);
    // 11 bits from the leading one on; below 2^-14 they end at 2^-24
    int const last = std::max(exponent - 11, -24);
    return std::ldexp(std::nearbyint(std::ldexp(value, -last)), last);
}

/// "d.ddde+xx" of the fewest digits that tell the number from its neighbours.
std::string shortest_scientific(double value, std::size_t size)
{
    std::array<char, 64> text{};
    auto* const end = text.data() + text.size();
    if (size == 8)
        return {
            text.data(), std::to_chars(text.data(), end, value, std::chars_format::scientific).ptr};
    if (size == 4) {
        auto const single = static_cast<float>(value);
        return {
            text.data(),
            std::to_chars(text.data(), end, single, std::chars_format::scientific).ptr};
    }
    for (int digits = 0;; ++digits) {
        auto const done =
            std::to_chars(text.data(), end, value, std::chars_format::scientific, digits);
        *done.ptr = '\0';
        if (digits == 8 || rounded_to_half(std::strtod(text.data(), nullptr)) == value)
            return {text.data(), done.ptr};
    }
}

}  // namespace

std::string shortest_float(double value, std::size_t size)
{
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value < 0 ? "-inf" : "inf";
    auto const text = shortest_scientific(value, size);
    auto const e = text.find('e');
    int const exponent = std::atoi(text.c_str() + e + 1);
    bool const negative = text[0] == '-';
    std::string digits;
    for (char const c : text.substr(0, e))
        if (c >= '0' && c <= '9')
            digits += c;
    auto const count = static_cast<int>(digits.size());

    std::string out = negative ? "-" : "";
    // by the number and not by its digits: the binary32 nearest to 1e-4 is below it
    if (value != 0 && (std::abs(value) < 1e-4 || std::abs(value) >= 1e16)) {
        // to_chars writes the exponent as Python does: a sign and at least two digits
        out += digits.substr(0, 1);
        if (count > 1)
            out += "." + digits.substr(1);
        return out + text.substr(e);
    }
    if (exponent < 0)
        return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    auto const whole = static_cast<std::size_t>(exponent + 1);
    if (count <= exponent + 1)
        return out + digits + std::string(whole - digits.size(), '0') + ".0";
    return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace lindi::zarr
