#include "file_state.hpp"
#include "json_values.hpp"
#include "references.hpp"

#include <lindi/core/utf8.hpp>

namespace lindi::edit {
namespace {

error refuse(errc code, std::string_view name, std::string why)
{
    return error(code, error::nowhere, "attribute", std::move(why)).within(name);
}

result<void> check_name(std::string_view name)
{
    if (name.empty() || name.find('\0') != name.npos || !is_utf8(name))
        return refuse(errc::bad_value, name, "a name is UTF-8 without NUL, and not empty");
    if (rfs::is_note(name))
        return refuse(errc::bad_value, name, "LINDI uses this name for what it says of objects");
    return {};
}

/// References carry the ids of what they lead to, and of the root.
result<void> change_ids(
    file_state& file, std::string const& path, std::string const& from, std::string const& to
)
{
    return change_references(file, [&](stored_reference& r) {
        bool const target = r.path == path && r.object_id == from;
        bool const source = path.empty() && r.source_object_id == from;
        if (target)
            r.object_id = to;
        if (source)
            r.source_object_id = to;
        return target || source ? verdict::changed : verdict::same;
    });
}

/// The value as references have it.
std::string as_id(std::string const* json)
{
    bool const plain =
        json != nullptr && std::string_view("[{tfn").find((*json)[0]) == std::string_view::npos;
    return plain ? *json : "null";
}

}  // namespace

result<void> object::set_attribute(std::string_view name, attribute_value const& value)
{
    if (auto const checked = check_name(name); !checked)
        return checked;
    auto const at = file_->find("", path_);
    if (!at)
        return at.error();
    auto json = attribute_json(value.text(), [this](std::string const& path) {
        auto const joined = join_path(path_, path);
        return joined ? file_->reference_to(*joined) : joined;
    });
    if (!json)
        return json.error().within(name);
    auto attributes = file_->attributes(*at);
    if (!attributes)
        return attributes.error();
    auto const before = name == "object_id" ? as_id(attributes->find(name)) : "null";
    attributes->set(name, std::move(*json));
    auto const after = as_id(attributes->find(name));
    auto const put = file_->put_attributes(*at, *attributes);
    return put && before != "null" && before != after ? change_ids(*file_, *at, before, after)
                                                      : put;
}

result<bool> object::delete_attribute(std::string_view name)
{
    if (auto const checked = check_name(name); !checked)
        return checked.error();
    auto const at = file_->find("", path_);
    if (!at)
        return at.error();
    auto attributes = file_->attributes(*at);
    if (!attributes)
        return attributes.error();
    auto const before = name == "object_id" ? as_id(attributes->find(name)) : "null";
    if (!attributes->erase(name))
        return false;
    auto put = file_->put_attributes(*at, *attributes);
    if (put && before != "null")
        put = change_ids(*file_, *at, before, "null");
    return put ? result<bool>(true) : put.error();
}

result<std::string> object::attribute(std::string_view name) const
{
    auto const at = file_->find("", path_);
    auto const attributes = at ? file_->attributes(*at) : at.error();
    if (!attributes)
        return attributes.error();
    auto const* const json = rfs::is_note(name) ? nullptr : attributes->find(name);
    if (json == nullptr)
        return refuse(errc::not_found, name, "there is none").within(absolute(*at));
    return *json;
}

result<std::vector<std::string>> object::attribute_names() const
{
    auto const at = file_->find("", path_);
    auto const attributes = at ? file_->attributes(*at) : at.error();
    if (!attributes)
        return attributes.error();
    std::vector<std::string> out;
    for (auto const& member : attributes->members())
        if (!rfs::is_note(member.name))
            out.push_back(member.name);
    return out;
}

}  // namespace lindi::edit
