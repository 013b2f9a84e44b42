#include <lindi/node/enumeration.hpp>
#include <lindi/node/value.hpp>

#include <algorithm>

namespace lindi::node {

std::string const*
name_of(hdf5::datatype const& enumeration, std::span<std::byte const> element) noexcept
{
    auto const found = std::ranges::find_if(enumeration.values, [&](auto const& member) {
        return std::ranges::equal(member.value, element);
    });
    return found == enumeration.values.end() ? nullptr : &found->name;
}

bool is_boolean(hdf5::datatype const& type) noexcept
{
    if (type.what != hdf5::type_class::enumeration || type.values.size() != 2 ||
        type.base->what != hdf5::type_class::integer || type.base->size > 8)
        return false;
    auto const has = [&](char const* name, std::uint64_t number) {
        return std::ranges::any_of(type.values, [&](auto const& member) {
            return member.name == name && member.value.size() == type.size &&
                   decode_integer_bits(*type.base, member.value) == number;
        });
    };
    return has("FALSE", 0) && has("TRUE", 1);
}

}  // namespace lindi::node
