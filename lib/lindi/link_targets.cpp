#include "link_targets.hpp"

namespace lindi::rfs {

namespace {

/// Soft links that one path may lead through, as in libhdf5's default for traversal, but less
/// tight.
constexpr unsigned max_links = 64;

/// The next part of a path; empty at its end. Repeated slashes and "." count for nothing.
std::string_view next_part(std::string_view& path)
{
    while (!path.empty()) {
        auto const slash = path.find('/');
        auto const part = path.substr(0, slash);
        path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
        if (!part.empty() && part != ".")
            return part;
    }
    return {};
}

}  // namespace

node::object_id link_targets::find(std::string_view path)
{
    auto links_left = max_links;
    return walk(graph_->root, path, links_left);
}

node::object_id
link_targets::walk(node::object_id from, std::string_view path, unsigned& links_left)
{
    auto here = path.starts_with('/') ? graph_->root : from;
    for (auto part = next_part(path); !part.empty(); part = next_part(path)) {
        auto const* const link = find_link(here, part);
        if (link == nullptr)
            return node::no_object;
        if (auto const* const hard = std::get_if<node::hard_link>(&link->target)) {
            here = hard->object;
        } else if (auto const* const soft = std::get_if<node::soft_link>(&link->target)) {
            if (links_left == 0)
                return node::no_object;
            --links_left;
            here = walk(here, soft->path, links_left);
        } else {
            return node::no_object;
        }
    }
    return here;
}

node::link const* link_targets::find_link(node::object_id group, std::string_view name)
{
    if (steps_left_ == 0 || group >= graph_->objects.size() || !graph_->objects[group].group)
        return nullptr;
    --steps_left_;
    auto const [place, is_new] = indexes_.try_emplace(group);
    auto& index = place->second;
    if (is_new)
        for (auto const& link : graph_->objects[group].group->links)
            index.emplace(link.name, &link);
    auto const found = index.find(name);
    return found == index.end() ? nullptr : found->second;
}

}  // namespace lindi::rfs
