#include "json_values.hpp"

#include "json_object.hpp"

#include <lindi/zarr/float_text.hpp>
#include <lindi/zarr/json_number.hpp>
#include <lindi/zarr/json_text.hpp>
#include <lindi/zarr/stored_type.hpp>

#include <algorithm>
#include <optional>

namespace lindi::edit {
namespace {

constexpr char const* structure = "value";

/// What is in a list of attributes, all levels together.
struct list_facts {
    bool texts = false, booleans = false, whole = false, large = false, real = false;
    std::vector<std::optional<std::size_t>> lengths;  ///< of the lists of each level
    bool uneven = false;

    int kinds() const { return int{texts} + int{booleans} + int{whole || large || real}; }
};

void check_text(json_reader& r)
{
    auto const text = r.take_text();
    if (zarr::is_non_finite(text))
        r.fail(errc::unsupported, "readers take the text NaN or Infinity for a number");
    else if (text.find('\0') != text.npos)
        r.fail(errc::unsupported, "a text with a NUL inside");
}

void look_at_leaf(json_reader& r, list_facts& facts)
{
    switch (r.kind()) {
    case json_kind::text:
        facts.texts = true;
        return check_text(r);
    case json_kind::boolean:
        facts.booleans = true;
        r.take_boolean();
        return;
    case json_kind::number: {
        auto const number = r.take_number();
        facts.whole = facts.whole || number.index() == 0;
        facts.large = facts.large || number.index() == 1;
        facts.real = facts.real || number.index() == 2;
        return;
    }
    case json_kind::null:
        return r.fail(errc::unsupported, "null is no value of an attribute");
    default:
        return r.fail(errc::unsupported, "objects, also references, cannot be in lists");
    }
}

void look_at_list(json_reader& r, list_facts& facts, std::size_t level)
{
    if (facts.lengths.size() == level)
        facts.lengths.emplace_back();
    std::size_t count = 0, lists = 0;
    for (r.begin_list(); r.next(); ++count) {
        if (r.kind() == json_kind::list) {
            ++lists;
            look_at_list(r, facts, level + 1);
        } else {
            look_at_leaf(r, facts);
        }
    }
    bool const deeper = facts.lengths.size() > level + 1;
    facts.uneven = facts.uneven || (lists != 0 && lists != count) || (deeper && lists != count) ||
                   facts.lengths[level].value_or(count) != count;
    facts.lengths[level] = count;
}

void append_number(std::string& out, json_number const& number, zarr::non_finite style, bool real)
{
    if (auto const* const value = std::get_if<double>(&number))
        return zarr::append_float(out, *value, style);
    if (real)
        return std::visit(
            [&](auto n) { zarr::append_float(out, static_cast<double>(n), style); }, number
        );
    if (auto const* const whole = std::get_if<std::int64_t>(&number))
        return zarr::append_integer(out, *whole);
    zarr::append_integer(out, std::get<std::uint64_t>(number));
}

void append_leaf(std::string& out, json_reader& r, bool real, zarr::non_finite style)
{
    if (r.kind() == json_kind::number)
        append_number(out, r.take_number(), style, real);
    else
        append_ascii(out, r);
}

void append_list(std::string& out, json_reader& r, bool real, zarr::non_finite style)
{
    out += '[';
    for (r.begin_list(); r.next();) {
        if (out.back() != '[')
            out += ',';
        if (r.kind() == json_kind::list)
            append_list(out, r, real, style);
        else
            append_leaf(out, r, real, style);
    }
    out += ']';
}

void take_list(std::string& out, json_reader& r)
{
    auto const text = r.take_raw();
    json_reader first(text, structure), second(text, structure);
    list_facts facts;
    look_at_list(first, facts, 0);
    if (!first.ok())
        return r.fail(errc::unsupported, std::string(first.failure().detail()));
    if (facts.uneven)
        return r.fail(errc::unsupported, "lists of different lengths are no array");
    if (facts.kinds() > 1)
        return r.fail(errc::unsupported, "values of different kinds in one list");
    if (facts.large && !facts.real)
        return r.fail(errc::unsupported, "readers have no integers above 2^63 - 1 in lists");
    append_list(out, second, facts.real, zarr::non_finite::quoted);
}

/// `{"_REFERENCE": {"path": "/x", ...}}`
void take_reference(std::string& out, json_reader& r, reference_maker const& references)
{
    std::string_view key;
    std::optional<std::string> path;
    bool others = false;
    for (r.begin_object(); r.next_member(key);) {
        if (key != "_REFERENCE" || r.kind() != json_kind::object) {
            others = true;
            r.take_raw();
            continue;
        }
        for (r.begin_object(); r.next_member(key);) {
            if (key == "path" && r.kind() == json_kind::text)
                path = r.take_text();
            else
                r.take_raw();
        }
    }
    if (!r.ok())
        return;
    if (others || !path)
        return r.fail(
            errc::unsupported, R"(the only objects are {"_REFERENCE": {"path": "/..."}})"
        );
    auto const full = references(*path);
    if (!full)
        return r.fail(errc::not_found, "a reference to " + *path + ", which is not there");
    out += *full;
}

void take_text(std::string& out, json_reader& r)
{
    if (r.kind() != json_kind::text)
        return r.fail(errc::bad_value, "no text where one must be");
    auto const text = r.take_text();
    if (text.find('\0') != text.npos)
        return r.fail(errc::unsupported, "a text with a NUL inside");
    zarr::append_string(out, text);
}

void take_fixed_text(std::string& out, json_reader& r, element_type const& type)
{
    if (r.kind() != json_kind::text)
        return r.fail(errc::bad_value, "no text where one must be");
    auto const text = r.take_text();
    auto const most = std::stoul(type.dtype().substr(2));
    // Python lindi decodes such fields as ASCII.
    auto const plain = [](char c) { return c > 0; };
    if (text.size() > most || !std::all_of(text.begin(), text.end(), plain))
        return r.fail(errc::bad_value, "a text that does not fit " + type.dtype());
    zarr::append_string(out, text);
}

void take_number(std::string& out, json_reader& r, element_type const& type)
{
    auto const stored = zarr::type_of_dtype(type.dtype());
    if (!stored)
        return r.fail(errc::unsupported, type.dtype());
    auto const raw = r.take_raw();
    json_reader check(raw, structure), number(raw, structure);
    lindi::bytes element(static_cast<std::size_t>(stored->item_size));
    if (check.kind() != json_kind::number)
        return r.fail(errc::bad_value, "no number where one must be");
    zarr::take_number_element(check, *stored->element, element);
    if (!check.ok())
        return r.fail(errc::bad_value, std::string(check.failure().detail()));
    auto value = number.take_number();
    bool const real = type.dtype()[1] == 'f';
    if (!real && value.index() == 2)
        value = static_cast<std::int64_t>(std::get<double>(value));
    append_number(out, value, zarr::non_finite::bare, real);
}

void take_row(
    std::string& out, json_reader& r, element_type const& type, reference_maker const& references
)
{
    if (r.kind() != json_kind::list)
        return r.fail(errc::bad_value, "no row where one must be");
    std::size_t field = 0;
    out += '[';
    for (r.begin_list(); r.next(); ++field) {
        if (field == type.fields().size())
            return r.fail(errc::bad_value, "a row with more values than fields");
        out += field == 0 ? "" : ",";
        take_object_value(out, r, type.fields()[field].type, references);
    }
    out += ']';
    if (r.ok() && field != type.fields().size())
        r.fail(errc::bad_value, "a row with fewer values than fields");
}

void take_sequence(std::string& out, json_reader& r)
{
    if (r.kind() != json_kind::list)
        return r.fail(errc::bad_value, "no list where one must be");
    auto const raw = r.take_raw();
    json_reader first(raw, structure), second(raw, structure);
    list_facts facts;
    look_at_list(first, facts, 0);
    if (!first.ok() || facts.kinds() > 1 || facts.lengths.size() > 1)
        return r.fail(errc::unsupported, "sequences have texts, numbers or booleans of one kind");
    append_list(out, second, facts.real, zarr::non_finite::bare);
}

}  // namespace

result<std::string> attribute_json(std::string_view json, reference_maker const& references)
{
    json_reader r(json, "attribute");
    std::string out;
    if (r.kind() == json_kind::list) {
        take_list(out, r);
    } else if (r.kind() == json_kind::object) {
        take_reference(out, r, references);
    } else {
        auto const raw = r.take_raw();
        json_reader check(raw, "attribute"), value(raw, "attribute");
        list_facts facts;
        look_at_leaf(check, facts);
        if (!check.ok())
            return check.failure();
        append_leaf(out, value, false, zarr::non_finite::quoted);
    }
    r.expect_end();
    return r.finish(std::move(out));
}

void take_object_value(
    std::string& out, json_reader& r, element_type const& type, reference_maker const& references
)
{
    using enum element_type::kind;
    switch (type.what()) {
    case number:
        return take_number(out, r, type);
    case boolean:
        if (r.kind() != json_kind::boolean)
            return r.fail(errc::bad_value, "neither true nor false");
        out += r.take_boolean() ? "true" : "false";
        return;
    case fixed_text:
        return take_fixed_text(out, r, type);
    case text:
        return take_text(out, r);
    case reference:
        if (r.kind() != json_kind::null)
            return take_reference(out, r, references);
        r.take_null();
        out += "null";
        return;
    case sequence:
        return take_sequence(out, r);
    case compound:
        return take_row(out, r, type, references);
    case other:
        return r.fail(errc::unsupported, "elements of this type are only read");
    }
}

}  // namespace lindi::edit
