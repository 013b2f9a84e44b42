#include <lindi/core/json_reader.hpp>
#include <lindi/edit/element_type.hpp>
#include <lindi/zarr/stored_type.hpp>

#include <algorithm>
#include <charconv>

namespace lindi::edit {
namespace {

error refuse(errc code, std::string why)
{
    return {code, error::nowhere, "type", std::move(why)};
}

bool may_be_field(element_type const& type)
{
    using enum element_type::kind;
    auto const what = type.what();
    return what == number || what == boolean || what == fixed_text || what == text ||
           what == reference;
}

/// "S12", "|S12": the 12.
std::optional<std::uint64_t> size_of_fixed(std::string_view name)
{
    if (name.starts_with('|'))
        name.remove_prefix(1);
    if (!name.starts_with('S'))
        return std::nullopt;
    std::uint64_t size = 0;
    auto const* const end = name.data() + name.size();
    auto const read = std::from_chars(name.data() + 1, end, size);
    return read.ec == std::errc() && read.ptr == end ? std::optional(size) : std::nullopt;
}

/// `[["name", "type"], ...]`
result<element_type> parse_fields(std::string_view text)
{
    json_reader r(text, "type");
    std::vector<element_type::field> fields;
    for (r.begin_list(); r.next();) {
        std::string name, type;
        r.begin_list();
        if (r.next())
            name = r.take_text();
        if (r.next())
            type = r.take_text();
        if (r.next())
            r.fail(errc::bad_value, "a field is a name and a type");
        auto parsed = r.ok() ? element_type::parse(type) : r.failure();
        if (!parsed)
            return parsed.error().within(name);
        fields.push_back({std::move(name), std::move(*parsed)});
    }
    r.expect_end();
    return r.ok() ? element_type::compound(std::move(fields)) : r.failure();
}

/// "f8" and "i4", as numpy lets people write them, with the order of this machine.
std::string with_order(std::string_view name)
{
    bool const bare = name.size() == 2 && std::string_view("iuf").find(name[0]) != name.npos;
    return bare ? "<" + std::string(name) : std::string(name);
}

}  // namespace

std::vector<element_type::field> const& element_type::fields() const noexcept
{
    static std::vector<field> const none;
    return fields_ ? *fields_ : none;
}

bool operator==(element_type const& a, element_type const& b)
{
    return a.what_ == b.what_ && a.dtype_ == b.dtype_ && a.fields() == b.fields();
}

element_type element_type::plain_number(char letter, std::size_t size)
{
    std::string dtype = size == 1 ? "|" : "<";
    dtype += letter;
    return {kind::number, dtype + std::to_string(size)};
}

element_type element_type::boolean()
{
    return {kind::boolean, "|b1"};
}

element_type element_type::text()
{
    return {kind::text, "|O"};
}

element_type element_type::reference()
{
    return {kind::reference, "|O"};
}

element_type element_type::sequence()
{
    return {kind::sequence, "|O"};
}

result<element_type> element_type::fixed_text(std::uint64_t size)
{
    constexpr std::uint64_t most = std::uint64_t{1} << 20;
    if (size == 0 || size > most)
        return refuse(errc::bad_value, "fixed text has 1 to 1048576 bytes");
    return element_type(kind::fixed_text, "|S" + std::to_string(size));
}

result<element_type> element_type::compound(std::vector<field> fields)
{
    constexpr std::size_t most = 4096;
    if (fields.empty() || fields.size() > most)
        return refuse(errc::bad_value, "a compound has 1 to 4096 fields");
    std::vector<std::string> names;
    for (auto const& f : fields) {
        if (!may_be_field(f.type))
            return refuse(
                errc::unsupported,
                "field " + f.name + ": fields are numbers, booleans, texts or references"
            );
        names.push_back(f.name);
    }
    std::sort(names.begin(), names.end());
    if (names.front().empty() || std::adjacent_find(names.begin(), names.end()) != names.end())
        return refuse(errc::bad_value, "each field needs a name of its own");
    element_type out(kind::compound, "|O");
    out.fields_ = std::make_shared<std::vector<field> const>(std::move(fields));
    return out;
}

result<element_type> element_type::parse(std::string_view name)
{
    if (name.starts_with('['))
        return parse_fields(name);
    if (name == "text" || name == "str" || name == "string")
        return text();
    if (name == "reference")
        return reference();
    if (name == "sequence")
        return sequence();
    if (name == "bool" || name == "|b1")
        return boolean();
    if (auto const size = size_of_fixed(name))
        return fixed_text(*size);
    auto const stored = zarr::type_of_dtype(with_order(name));
    if (!stored || !stored->is_number || stored->item_size > 8)
        return refuse(
            errc::bad_value,
            "\"" + std::string(name.substr(0, 80)) +
                "\" is none; there are int8 to int64, uint8 to uint64, float16 to float64, bool, "
                "text, "
                "S<bytes>, reference, sequence"
        );
    auto const& type = *stored->element;
    auto out = plain_number(
        type.what == hdf5::type_class::floating ? 'f'
        : type.is_signed                        ? 'i'
                                                : 'u',
        type.size
    );
    if (stored->big_endian && type.size > 1)
        out.dtype_[0] = '>';
    return out;
}

}  // namespace lindi::edit
