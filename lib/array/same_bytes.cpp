#include "same_bytes.hpp"

#include <algorithm>

namespace lindi::array {
namespace {

using hdf5::type_class;

template <class Same>
bool same_members(hdf5::datatype const& a, hdf5::datatype const& b, Same&& same)
{
    return std::equal(
        a.members.begin(),
        a.members.end(),
        b.members.begin(),
        b.members.end(),
        [&](auto const& m, auto const& n) {
            return m.name == n.name && m.offset == n.offset && same(*m.type, *n.type);
        }
    );
}

bool same_float_layout(hdf5::datatype const& a, hdf5::datatype const& b)
{
    return a.sign_position == b.sign_position && a.exponent_position == b.exponent_position &&
           a.exponent_size == b.exponent_size && a.mantissa_position == b.mantissa_position &&
           a.mantissa_size == b.mantissa_size && a.norm == b.norm &&
           a.exponent_bias == b.exponent_bias;
}

bool is_whole_number(hdf5::datatype const& type)
{
    return type.what == type_class::integer || type.what == type_class::bitfield ||
           type.what == type_class::enumeration;
}

/// 0 and 1 only.
bool is_boolean(hdf5::datatype const& type)
{
    return type.what == type_class::enumeration && type.values.size() == 2 && type.size == 1;
}

bool same_whole_number(hdf5::datatype const& a, hdf5::datatype const& b)
{
    auto const& x = a.what == type_class::enumeration ? *a.base : a;
    auto const& y = b.what == type_class::enumeration ? *b.base : b;
    bool const same_sign = x.is_signed == y.is_signed || (is_boolean(a) && is_boolean(b));
    return same_sign && x.size == y.size && (x.order == y.order || x.size == 1) &&
           x.precision == y.precision && x.bit_offset == y.bit_offset;
}

}  // namespace

bool same_bytes(hdf5::datatype const& a, hdf5::datatype const& b)
{
    bool const same = a.what == b.what && a.size == b.size && a.order == b.order &&
                      a.precision == b.precision && a.bit_offset == b.bit_offset &&
                      a.is_signed == b.is_signed && a.padding == b.padding &&
                      a.dimensions == b.dimensions && !a.base == !b.base && !a.needs_heap() &&
                      same_float_layout(a, b);
    return same && (!a.base || same_bytes(*a.base, *b.base)) && same_members(a, b, same_bytes);
}

bool same_bytes_loosely(hdf5::datatype const& a, hdf5::datatype const& b)
{
    if (is_whole_number(a) && is_whole_number(b))
        return same_whole_number(a, b);
    if (a.what != b.what || a.size != b.size)
        return false;
    if (a.what == type_class::compound)
        return same_members(a, b, same_bytes_loosely);
    return a.what == type_class::opaque || same_bytes(a, b);
}

}  // namespace lindi::array
