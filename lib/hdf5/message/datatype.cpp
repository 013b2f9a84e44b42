#include "type_reader.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/hdf5/message/datatype.hpp>

#include <algorithm>

namespace lindi::hdf5 {
namespace {

/// Whether `is` holds for the type or for one in it.
template <class Predicate>
bool any_part(datatype const& type, Predicate is)
{
    if (is(type) || (type.base && any_part(*type.base, is)))
        return true;
    return std::any_of(type.members.begin(), type.members.end(), [is](auto const& member) {
        return any_part(*member.type, is);
    });
}

}  // namespace

std::uint64_t datatype::array_count() const noexcept
{
    std::uint64_t count = 1;
    for (auto const extent : dimensions)
        count = checked_multiply(count, extent).value_or(0);
    return count;
}

bool datatype::needs_heap() const noexcept
{
    return any_part(*this, [](datatype const& part) {
        return part.what == type_class::variable_length ||
               (part.what == type_class::reference && part.reference != reference_kind::object);
    });
}

bool datatype::has_reference() const noexcept
{
    return any_part(*this, [](datatype const& part) { return part.what == type_class::reference; });
}

datatype_ptr type_reader::read()
{
    auto const type = std::make_shared<datatype>();
    auto const class_and_version = c_.u8();
    type->version = class_and_version >> 4;
    if (type->version < 1 || type->version > 5)
        c_.fail(errc::unsupported_version, "version " + std::to_string(type->version));
    auto const what = class_and_version & 0x0f;
    if (what > static_cast<int>(type_class::complex))
        c_.fail(errc::unsupported, "class " + std::to_string(what));
    auto const bits = static_cast<unsigned>(c_.uint(3));
    type->size = c_.u32();
    c_.require(type->size != 0, errc::bad_value, "element of no bytes");
    if (!c_.ok())
        return type;
    type->what = static_cast<type_class>(what);
    read_class(*type, bits);
    return type;
}

void type_reader::read_class(datatype& type, unsigned bits)
{
    switch (type.what) {
    case type_class::integer:
        return read_integer(type, bits);
    case type_class::floating:
        return read_float(type, bits);
    case type_class::time:
        return read_time(type, bits);
    case type_class::string:
        return read_string(type, bits);
    case type_class::bitfield:
        return read_bitfield(type, bits);
    case type_class::opaque:
        return read_opaque(type, bits);
    case type_class::compound:
        return read_compound(type, bits);
    case type_class::reference:
        return read_reference(type, bits);
    case type_class::enumeration:
        return read_enumeration(type, bits);
    case type_class::variable_length:
        return read_variable_length(type, bits);
    case type_class::array:
        return read_array(type);
    case type_class::complex:
        return read_complex(type, bits);
    }
}

/// A type in a type.
datatype_ptr type_reader::read_base()
{
    if (!c_.require(nesting_left_ != 0, errc::too_large, "limit on types within types"))
        return std::make_shared<datatype>();
    --nesting_left_;
    auto out = read();
    ++nesting_left_;
    return out;
}

result<datatype_ptr> decode_datatype(block_view b, file_sizes sizes, unsigned max_nesting)
{
    cursor c(b, "datatype message");
    auto type = type_reader(c, sizes, max_nesting).read();
    return c.finish(std::move(type));
}

}  // namespace lindi::hdf5
