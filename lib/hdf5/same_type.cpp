#include <lindi/hdf5/same_type.hpp>

#include <algorithm>
#include <tuple>

namespace lindi::hdf5 {
namespace {

bool same_bits(datatype const& a, datatype const& b)
{
    auto const layout = [](datatype const& t) {
        return std::tie(t.order, t.bit_offset, t.precision, t.is_signed);
    };
    auto const floating = [](datatype const& t) {
        return std::tie(
            t.norm,
            t.sign_position,
            t.exponent_position,
            t.exponent_size,
            t.mantissa_position,
            t.mantissa_size,
            t.exponent_bias
        );
    };
    return layout(a) == layout(b) && floating(a) == floating(b);
}

bool same_text(datatype const& a, datatype const& b)
{
    auto const text = [](datatype const& t) {
        return std::tie(t.padding, t.charset, t.is_variable_string, t.tag, t.reference);
    };
    return text(a) == text(b);
}

bool same_members(datatype const& a, datatype const& b)
{
    return std::ranges::equal(a.members, b.members, [](auto const& m, auto const& n) {
        return m.name == n.name && m.offset == n.offset && same_type(*m.type, *n.type);
    });
}

bool same_values(datatype const& a, datatype const& b)
{
    return std::ranges::equal(a.values, b.values, [](auto const& v, auto const& w) {
        return v.name == w.name && v.value == w.value;
    });
}

}  // namespace

// Types nest no deeper than limits::type_nesting.
bool same_type(datatype const& a, datatype const& b)
{
    if (a.what != b.what || a.size != b.size || !a.base != !b.base)
        return false;
    return same_bits(a, b) && same_text(a, b) && a.dimensions == b.dimensions &&
           same_members(a, b) && same_values(a, b) && (!a.base || same_type(*a.base, *b.base));
}

}  // namespace lindi::hdf5
