#include <lindi/zarr/float_text.hpp>

#include <cmath>
#include <string_view>

namespace lindi::zarr {

namespace {

void append_non_finite(std::string& out, double value, non_finite style)
{
    std::string_view const name = std::isnan(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity";
    if (style == non_finite::quoted)
        out += '"';
    out += name;
    if (style == non_finite::quoted)
        out += '"';
}

/// Digits without sign and point, and the decimal exponent of the first.
struct decimal {
    char digits[20];
    std::size_t count = 0;
    int exponent = 0;

    std::string_view text() const noexcept { return {digits, count}; }
};

decimal shortest(double value)
{
    char text[40];
    auto const end =
        std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
    decimal out;
    char const* at = text;
    for (; *at != 'e'; ++at)
        if (*at != '.')
            out.digits[out.count++] = *at;
    ++at;
    std::from_chars(*at == '+' ? at + 1 : at, end, out.exponent);
    return out;
}

void append_scientific(std::string& out, decimal const& d)
{
    out += d.digits[0];
    if (d.count > 1) {
        out += '.';
        out += d.text().substr(1);
    }
    out += d.exponent < 0 ? "e-" : "e+";
    auto const size = std::abs(d.exponent);
    if (size < 10)
        out += '0';
    append_integer(out, size);
}

void append_fixed(std::string& out, decimal const& d)
{
    if (d.exponent < 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-d.exponent - 1), '0');
        out += d.text();
        return;
    }
    auto const whole = static_cast<std::size_t>(d.exponent) + 1;
    if (d.count <= whole) {
        out += d.text();
        out.append(whole - d.count, '0');
        out += ".0";
        return;
    }
    out += d.text().substr(0, whole);
    out += '.';
    out += d.text().substr(whole);
}

}  // namespace

void append_float(std::string& out, double value, non_finite style)
{
    if (!std::isfinite(value)) {
        append_non_finite(out, value, style);
        return;
    }
    if (std::signbit(value))
        out += '-';
    auto const d = shortest(std::abs(value));
    if (d.exponent < -4 || d.exponent >= 16)
        append_scientific(out, d);
    else
        append_fixed(out, d);
}

}  // namespace lindi::zarr
