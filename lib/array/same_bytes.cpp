#include "same_bytes.hpp"

#include <lindi/hdf5/same_type.hpp>

#include <algorithm>

namespace lindi::array {
namespace {

using hdf5::type_class;

bool same_members(hdf5::datatype const& a, hdf5::datatype const& b)
{
    return std::ranges::equal(a.members, b.members, [](auto const& m, auto const& n) {
        return m.name == n.name && m.offset == n.offset && same_bytes_loosely(*m.type, *n.type);
    });
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
    return !a.needs_heap() && hdf5::same_type(a, b);
}

bool same_bytes_loosely(hdf5::datatype const& a, hdf5::datatype const& b)
{
    if (is_whole_number(a) && is_whole_number(b))
        return same_whole_number(a, b);
    if (a.what != b.what || a.size != b.size)
        return false;
    if (a.what == type_class::compound)
        return same_members(a, b);
    return a.what == type_class::opaque || same_bytes(a, b);
}

}  // namespace lindi::array
