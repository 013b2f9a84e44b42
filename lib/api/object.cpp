#include "session.hpp"

#include <lindi/node/paths.hpp>

#include <algorithm>

namespace lindi {

object::object(api::session_ptr session, node::object_id id) noexcept
    : session_(std::move(session)), id_(id)
{}

node::object const& object::self() const noexcept
{
    return session_->graph().objects[id_];
}

object_kind object::kind() const noexcept
{
    return self().kind;
}

std::string const& object::path() const noexcept
{
    return session_->paths()[id_];
}

std::vector<error> const& object::problems() const noexcept
{
    return self().problems;
}

std::optional<group> object::as_group() const
{
    if (!self().group)
        return std::nullopt;
    return group(session_, id_);
}

std::optional<dataset> object::as_dataset() const
{
    if (!self().dataset)
        return std::nullopt;
    return dataset(session_, id_);
}

std::vector<attribute> object::attributes() const
{
    std::vector<attribute> out;
    for (auto const& of : self().attributes)
        out.emplace_back(session_, of);
    return out;
}

result<attribute> object::attr(std::string_view name) const
{
    auto const& all = self().attributes;
    auto const found =
        std::find_if(all.begin(), all.end(), [&](auto const& of) { return of.name == name; });
    if (found == all.end())
        return error(errc::not_found, error::nowhere, "attribute", std::string(name))
            .within(path());
    return attribute(session_, *found);
}

std::size_t group::size() const noexcept
{
    return self().group->links.size();
}

std::vector<member> group::members() const
{
    auto const& g = session_->graph();
    auto const& links_of = *self().group;
    std::vector<member> out;
    for (auto const at : node::link_order(links_of, node::walk_order::by_name)) {
        auto const& link = links_of.links[at];
        auto id = node::no_object;
        if (auto const* const hard = std::get_if<node::hard_link>(&link.target))
            id = hard->object;
        else if (auto const* const soft = std::get_if<node::soft_link>(&link.target))
            id = node::resolve(g, id_, soft->path);
        auto leads_to = id == node::no_object ? std::optional<object>()
                                              : std::optional<object>(std::in_place, session_, id);
        out.push_back({link.name, &link, std::move(leads_to)});
    }
    return out;
}

bool group::contains(std::string_view path) const
{
    return node::resolve(session_->graph(), id_, path) != node::no_object;
}

result<object> group::at(std::string_view path) const
{
    auto const id = node::resolve(session_->graph(), id_, path);
    if (id == node::no_object)
        return error(errc::not_found, error::nowhere, "object", std::string(path))
            .within(this->path());
    return object(session_, id);
}

result<dataset> group::dataset_at(std::string_view path) const
{
    auto const found = at(path);
    if (!found)
        return found.error();
    auto const data = found->as_dataset();
    if (!data)
        return error(errc::bad_value, error::nowhere, "object", "it is no dataset")
            .within(found->path());
    return *data;
}

result<group> group::group_at(std::string_view path) const
{
    auto const found = at(path);
    if (!found)
        return found.error();
    auto const inner = found->as_group();
    if (!inner)
        return error(errc::bad_value, error::nowhere, "object", "it is no group")
            .within(found->path());
    return *inner;
}

void group::walk(std::function<bool(object const&)> const& visit) const
{
    // A stack of our own: files nest as deep as they like.
    auto const& objects = session_->graph().objects;
    std::vector<bool> seen(objects.size());
    std::vector<node::object_id> next(1, id_);
    while (!next.empty()) {
        auto const id = next.back();
        next.pop_back();
        if (seen[id])
            continue;
        seen[id] = true;
        if (id != id_ && !visit(object(session_, id)))
            return;
        if (!objects[id].group)
            continue;
        auto const& links_of = *objects[id].group;
        auto const order = node::link_order(links_of, node::walk_order::by_name);
        for (auto at = order.rbegin(); at != order.rend(); ++at)
            if (auto const* const hard = std::get_if<node::hard_link>(&links_of.links[*at].target))
                if (hard->object != node::no_object)
                    next.push_back(hard->object);
    }
}

}  // namespace lindi
