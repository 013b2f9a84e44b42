#include <lindi/lindi/json_elements.hpp>
#include <lindi/zarr/json_number.hpp>
#include <lindi/zarr/stored_type.hpp>

#include <algorithm>
#include <limits>

namespace lindi::rfs {
namespace {

using hdf5::type_class;

void put_address(std::uint64_t address, std::span<std::byte> element)
{
    for (auto& byte : element.first(8)) {
        byte = static_cast<std::byte>(address & 0xff);
        address >>= 8;
    }
}

void take_fixed_string(json_reader& r, std::span<std::byte> element)
{
    auto const text = r.take_text();
    if (text.size() > element.size())
        return r.fail(errc::bad_value, "a text longer than its type");
    std::copy(as_bytes(text).begin(), as_bytes(text).end(), element.begin());
}

void put_in_heap(
    json_reader& r,
    std::size_t count,
    std::span<std::byte const> data,
    std::span<std::byte> element,
    element_parts const& to
)
{
    bool const fits = count <= std::numeric_limits<std::uint32_t>::max();
    if (!fits || !to.heap.put(element, static_cast<std::uint32_t>(count), data))
        r.fail(errc::too_large, "elements of variable length");
}

void take_variable_string(json_reader& r, std::span<std::byte> element, element_parts const& to)
{
    if (r.kind() == json_kind::null)
        return r.take_null();
    if (r.kind() != json_kind::text)
        return r.fail(errc::bad_value, "no text where one must be");
    auto const text = r.take_text();
    // Readers take what is in front of it for the whole text.
    if (text.find('\0') != text.npos)
        return r.fail(errc::unsupported, "a text with a NUL inside");
    if (r.ok())
        put_in_heap(r, text.size(), as_bytes(text), element, to);
}

void take_sequence(
    json_reader& r,
    hdf5::datatype const& base,
    std::span<std::byte> element,
    element_parts const& to
)
{
    if (r.kind() == json_kind::null)
        return r.take_null();
    if (r.kind() != json_kind::list)
        return r.fail(errc::bad_value, "no list where one must be");
    lindi::bytes items;
    std::size_t count = 0;
    for (r.begin_list(); r.next(); ++count) {
        items.resize(items.size() + base.size);
        take_element(r, base, std::span(items).last(base.size), to);
    }
    if (r.ok())
        put_in_heap(r, count, items, element, to);
}

void take_compound(
    json_reader& r,
    hdf5::datatype const& type,
    std::span<std::byte> element,
    element_parts const& to
)
{
    if (r.kind() != json_kind::list)
        return r.fail(errc::bad_value, "no row where one must be");
    std::size_t field = 0;
    for (r.begin_list(); r.next(); ++field) {
        if (field == type.members.size())
            return r.fail(errc::bad_value, "a row with more values than fields");
        auto const& member = type.members[field];
        take_element(r, *member.type, element.subspan(member.offset, member.type->size), to);
    }
    if (r.ok() && field != type.members.size())
        r.fail(errc::bad_value, "a row with fewer values than fields");
}

}  // namespace

void take_element(
    json_reader& r,
    hdf5::datatype const& type,
    std::span<std::byte> element,
    element_parts const& to
)
{
    bool const may_be_nothing =
        type.what == type_class::reference || type.what == type_class::variable_length;
    if (may_be_nothing && to.zero_is_null && r.kind() == json_kind::number) {
        if (r.take_number() != json_number(std::int64_t{0}))
            r.fail(errc::bad_value, "a number among other values");
        return;
    }
    switch (type.what) {
    case type_class::integer:
    case type_class::floating:
    case type_class::enumeration:
        return zarr::take_number_element(r, type, element);
    case type_class::string:
        return take_fixed_string(r, element);
    case type_class::reference:
        return put_address(to.names.take_reference(r), element);
    case type_class::variable_length:
        return type.is_variable_string ? take_variable_string(r, element, to)
                                       : take_sequence(r, *type.base, element, to);
    case type_class::compound:
        return take_compound(r, type, element, to);
    default:
        return r.fail(errc::unsupported, "values of this type as JSON");
    }
}

void json_kinds::look_at_number(json_reader& r)
{
    auto const number = r.take_number();
    if (auto const* const whole = std::get_if<std::int64_t>(&number)) {
        (*whole == 0 ? zeros_ : whole_) = true;
        negative_ = negative_ || *whole < 0;
    } else if (std::holds_alternative<std::uint64_t>(number)) {
        large_ = true;
    } else {
        real_ = true;
    }
}

void json_kinds::look_at_object(json_reader& r)
{
    std::string_view key;
    bool is_reference = false;
    for (r.begin_object(); r.next_member(key); r.take_raw())
        is_reference = is_reference || key == "_REFERENCE";
    references_ = references_ || is_reference;
    objects_ = objects_ || !is_reference;
}

void json_kinds::look(json_reader& r)
{
    switch (r.kind()) {
    case json_kind::null:
        nulls_ = true;
        return r.take_null();
    case json_kind::text:
        texts_ = true;
        r.take_raw_text();
        return;
    case json_kind::boolean:
        booleans_ = true;
        r.take_boolean();
        return;
    case json_kind::number:
        return look_at_number(r);
    case json_kind::object:
        return look_at_object(r);
    case json_kind::list:
        if (!items_)
            items_ = std::make_unique<json_kinds>();
        for (r.begin_list(); r.next();)
            items_->look(r);
        return;
    case json_kind::none:
        return r.fail(errc::bad_value, "no value");
    }
}

bool json_kinds::saw_values() const noexcept
{
    return others() || booleans_ || numbers() || zeros_ || objects_;
}

result<hdf5::datatype_ptr> json_kinds::type() const
{
    auto const refuse = [](char const* why) {
        return error(errc::unsupported, error::nowhere, "object array", why);
    };
    bool const numbers_only = numbers() || (zeros_ && !others());
    int const kinds = int{texts_} + int{references_} + int{booleans_} + int{numbers_only} +
                      int{items_ != nullptr};
    if (objects_)
        return refuse("objects that are no references");
    if (kinds > 1)
        return refuse("values of different kinds");
    if (references_)
        return zarr::object_reference_type();
    if (nulls_ && (booleans_ || numbers_only))
        return refuse("numbers and nulls");
    if (booleans_)
        return zarr::boolean_type();
    if (large_ && negative_)
        return refuse("integers that no type of 64 bits holds");
    if (numbers_only)
        return real_ ? zarr::float_type(8) : zarr::integer_type(8, !large_);
    if (items_) {
        auto const base = items_->type();
        if (!base)
            return base;
        return zarr::sequence_type(items_->saw_values() ? *base : zarr::float_type(8));
    }
    return zarr::text_type();
}

}  // namespace lindi::rfs
