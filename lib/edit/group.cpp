#include "file_state.hpp"
#include "new_dataset.hpp"
#include "references.hpp"

#include <lindi/zarr/json_text.hpp>
#include <lindi/zarr/metadata.hpp>

namespace lindi::edit {
namespace {

error refuse(std::string_view path, std::string why)
{
    return error(errc::bad_value, error::nowhere, "object", std::move(why)).within(absolute(path));
}

std::vector<std::string> keys_below(file_state& file, std::string const& path)
{
    std::vector<std::string> out;
    file.store().for_each_key(key_of(path, ""), [&](std::string_view key) {
        out.emplace_back(key);
        return true;
    });
    return out;
}

/// Puts what is below `from` below `to` as well.
result<void> copy_keys(file_state& file, std::string const& from, std::string const& to)
{
    if (auto const settled = file.settle(); !settled)
        return settled;
    for (auto const& key : keys_below(file, from)) {
        auto value = file.store().get(key);
        if (!value)
            return value.error();
        auto const put = file.store().put(to + key.substr(from.size()), std::move(**value));
        if (!put)
            return put;
    }
    return {};
}

result<void> erase_all(file_state& file, std::string const& path)
{
    file.forget(path);
    auto const erased = file.store().erase_all(key_of(path, ""));
    return erased ? result<void>() : erased.error();
}

/// Where an object or link is that is to be copied, moved or removed.
result<std::string> existing_place(file_state& file, std::string_view base, std::string_view path)
{
    auto const joined = join_path(base, path);
    auto place = joined ? file.place_of(*joined) : joined;
    auto const kind = place ? file.kind_of(*place) : place.error();
    if (!kind)
        return kind.error();
    if (place->empty())
        return refuse("", "the root group stays where it is");
    if (*kind == node_kind::nothing)
        return error(errc::not_found, error::nowhere, "object").within(absolute(*place));
    return place;
}

result<node_kind> kind_at(file_state& file, std::string_view base, std::string_view path)
{
    auto const found = file.find(base, path);
    return found ? file.kind_of(*found) : found.error();
}

}  // namespace

result<group> group::create_group(std::string_view path)
{
    auto const place = file_->new_place(path_, path);
    auto const made = place ? file_->make_groups(*place) : place.error();
    return made ? result<group>(group(file_, *place)) : made.error();
}

result<group> group::require_group(std::string_view path)
{
    auto const found = file_->find(path_, path, node_kind::group);
    if (found)
        return group(file_, *found);
    if (found.error().code() != make_error_code(errc::not_found))
        return found.error();
    return create_group(path);
}

result<dataset> group::create_dataset(std::string_view path, dataset_spec const& spec)
{
    auto described = describe_new(spec);
    if (!described)
        return described.error().within(path);
    auto const place = file_->new_place(path_, path);
    if (!place)
        return place.error();
    auto put = file_->store().put_json(key_of(*place, ".zarray"), std::move(described->metadata));
    if (put && described->attributes != "{}")
        put = file_->store().put_json(key_of(*place, ".zattrs"), std::move(described->attributes));
    auto const known = put ? file_->array(*place) : put.error();
    if (!known)
        return known.error();
    if (spec.type.is_objects() && !spec.shape.empty())
        file_->set_type(*place, spec.type);
    return dataset(file_, *place);
}

result<dataset> group::require_dataset(std::string_view path, dataset_spec const& spec)
{
    auto const found = file_->find(path_, path, node_kind::dataset);
    if (!found && found.error().code() == make_error_code(errc::not_found))
        return create_dataset(path, spec);
    if (!found)
        return found.error();
    auto const array = file_->array(*found);
    if (!array)
        return array.error();
    bool const same = (*array)->type == spec.type || !(*array)->type_is_known;
    if (!same || (*array)->shape() != spec.shape)
        return refuse(*found, "it is there with another type or shape");
    return dataset(file_, *found);
}

result<group> group::group_at(std::string_view path) const
{
    auto const found = file_->find(path_, path, node_kind::group);
    return found ? result<group>(group(file_, *found)) : found.error();
}

result<dataset> group::dataset_at(std::string_view path) const
{
    auto const found = file_->find(path_, path, node_kind::dataset);
    return found ? result<dataset>(dataset(file_, *found)) : found.error();
}

bool group::contains(std::string_view path) const
{
    return kind_at(*file_, path_, path).has_value();
}

result<std::vector<member>> group::members() const
{
    auto const at = file_->find("", path_, node_kind::group);
    if (!at)
        return at.error();
    std::vector<member> out;
    auto const prefix = key_of(*at, "");
    auto key = file_->store().key_from(prefix);
    while (key && key->starts_with(prefix)) {
        auto const rest = std::string_view(*key).substr(prefix.size());
        auto const slash = rest.find('/');
        if (slash == rest.npos) {
            key = file_->store().key_from(*key + '\0');
            continue;
        }
        std::string const name(rest.substr(0, slash));
        auto const path = prefix + name;
        auto const kind = file_->kind_of(path);
        if (!kind)
            return kind.error();
        if (*kind == node_kind::soft_link) {
            auto target = file_->soft_link_of(path);
            if (!target)
                return target.error();
            out.push_back({name, member_kind::soft_link, std::move(*target)});
        } else if (*kind != node_kind::nothing) {
            bool const is_group = *kind == node_kind::group;
            out.push_back({name, is_group ? member_kind::group : member_kind::dataset});
        }
        key = file_->store().key_from(path + '0');  // '0' follows '/'
    }
    return out;
}

result<void> group::remove(std::string_view path)
{
    auto const place = existing_place(*file_, path_, path);
    return place ? erase_all(*file_, *place) : place.error();
}

result<void> group::move(std::string_view from, std::string_view to)
{
    auto const source = existing_place(*file_, path_, from);
    if (!source)
        return source.error();
    auto const joined = join_path(path_, to);
    auto const aim = joined ? file_->place_of(*joined) : joined;
    if (aim && is_within(*aim, *source))
        return refuse(*source, "it cannot be moved into itself");
    auto const place = aim ? file_->new_place("", "/" + *aim) : aim;
    if (!place)
        return place.error();
    if (auto const copied = copy_keys(*file_, *source, *place); !copied)
        return copied;
    if (auto const erased = erase_all(*file_, *source); !erased)
        return erased;
    return change_references(*file_, [&](stored_reference& r) {
        bool const moved = is_within(r.path, *source);
        if (moved)
            r.path = *place + r.path.substr(source->size());
        return moved ? verdict::changed : verdict::same;
    });
}

result<void> group::copy(std::string_view from, std::string_view to)
{
    auto const source = existing_place(*file_, path_, from);
    if (!source)
        return source.error();
    auto const joined = join_path(path_, to);
    auto const aim = joined ? file_->place_of(*joined) : joined;
    if (aim && is_within(*aim, *source))
        return refuse(*source, "it cannot be copied into itself");
    auto const place = aim ? file_->new_place("", "/" + *aim) : aim;
    return place ? copy_keys(*file_, *source, *place) : place.error();
}

result<void> group::link(std::string_view path, std::string_view target)
{
    if (target.empty())
        return refuse(path, "a link leads somewhere");
    if (auto const checked = join_path(path_, target); !checked)
        return checked.error();
    auto const place = file_->new_place(path_, path);
    if (!place)
        return place.error();
    // Python lindi takes relative paths from the root, so all are absolute.
    auto const aim = join_path(parent_of(*place), target);
    if (*aim == *place)
        return refuse(*place, "a link to itself");
    std::string text = R"({"_SOFT_LINK":{"path":)";
    zarr::append_string(text, absolute(*aim));
    auto const put = file_->store().put_json(key_of(*place, ".zattrs"), text + "}}");
    return put ? file_->make_groups(*place) : put;
}

}  // namespace lindi::edit
