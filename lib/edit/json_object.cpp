#include "json_object.hpp"

#include <lindi/zarr/json_text.hpp>

#include <algorithm>

namespace lindi::edit {
namespace {

auto by_name(std::vector<json_object::member> const& members, std::string_view name)
{
    return std::lower_bound(
        members.begin(),
        members.end(),
        name,
        [](json_object::member const& m, std::string_view wanted) { return m.name < wanted; }
    );
}

void append_members(std::string& out, json_reader& r)
{
    std::string_view key;
    out += '{';
    for (r.begin_object(); r.next_member(key);) {
        if (out.back() != '{')
            out += ',';
        auto const name = unescape_json(key);
        if (!name)
            return r.fail(errc::bad_value, "an escape in a name");
        zarr::append_string(out, *name);
        out += ':';
        append_ascii(out, r);
    }
    out += '}';
}

}  // namespace

result<json_object> json_object::parse(std::string_view text, char const* structure)
{
    json_reader r(text, structure);
    json_object out;
    std::string_view key;
    for (r.begin_object(); r.next_member(key);) {
        auto const name = unescape_json(key);
        if (!name)
            return name.error();
        std::string value;
        append_ascii(value, r);
        out.set(*name, std::move(value));
    }
    r.expect_end();
    return r.finish(std::move(out));
}

std::string const* json_object::find(std::string_view name) const noexcept
{
    auto const found = by_name(members_, name);
    return found != members_.end() && found->name == name ? &found->json : nullptr;
}

void json_object::set(std::string_view name, std::string json)
{
    auto const place = by_name(members_, name) - members_.begin();
    auto const found = members_.begin() + place;
    if (found != members_.end() && found->name == name)
        found->json = std::move(json);
    else
        members_.insert(found, {std::string(name), std::move(json)});
}

bool json_object::erase(std::string_view name)
{
    return std::erase_if(members_, [&](member const& m) { return m.name == name; }) != 0;
}

std::string json_object::text() const
{
    std::string out = "{";
    for (auto const& m : members_) {
        if (out.size() > 1)
            out += ',';
        zarr::append_string(out, m.name);
        out += ':';
        out += m.json;
    }
    return out += '}';
}

void append_ascii(std::string& out, json_reader& r)
{
    switch (r.kind()) {
    case json_kind::text:
        return zarr::append_string(out, r.take_text());
    case json_kind::object:
        return append_members(out, r);
    case json_kind::list:
        out += '[';
        for (r.begin_list(); r.next();) {
            if (out.back() != '[')
                out += ',';
            append_ascii(out, r);
        }
        out += ']';
        return;
    default:
        out += r.take_raw();
    }
}

}  // namespace lindi::edit
