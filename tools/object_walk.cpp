#include "object_walk.hpp"

#include <lindi/node/paths.hpp>

namespace lindi::tools {
namespace {

class walk {
public:
    walk(node::graph const& g, std::uint64_t max_bytes) : graph_(g), bytes_left_(max_bytes)
    {
        out_.first_paths.resize(g.objects.size());
    }

    result<walked_paths> from(node::object_id start, std::string path)
    {
        meet({std::move(path), nullptr, start, true});
        while (!open_.empty()) {
            auto& level = open_.back();
            if (level.next == level.order.size()) {
                open_.pop_back();
                continue;
            }
            auto const& link = level.group->links[level.order[level.next++]];
            auto const& above = out_.first_paths[level.object];
            if (above.size() + link.name.size() + 1 > bytes_left_)
                return error(
                    errc::too_large, error::nowhere, "paths", "groups are nested too deeply"
                );
            bytes_left_ -= above.size() + link.name.size() + 1;
            meet(entry_of(join_path(above, link.name), link));
        }
        return std::move(out_);
    }

private:
    struct open_group {
        node::object_id object;
        node::group const* group;
        std::vector<std::size_t> order;
        std::size_t next = 0;
    };

    path_entry entry_of(std::string path, node::link const& link) const
    {
        auto const* const hard = std::get_if<node::hard_link>(&link.target);
        auto const object = hard != nullptr ? hard->object : node::no_object;
        bool const first = object == node::no_object || out_.first_paths[object].empty();
        return {std::move(path), &link, object, first};
    }

    void meet(path_entry entry)
    {
        if (entry.object != node::no_object && entry.first) {
            out_.first_paths[entry.object] = entry.path;
            auto const& group = graph_.objects[entry.object].group;
            if (group)
                open_.push_back(
                    {entry.object, group.get(), node::link_order(*group, node::walk_order::by_name)}
                );
        }
        out_.entries.push_back(std::move(entry));
    }

    node::graph const& graph_;
    std::uint64_t bytes_left_;
    walked_paths out_;
    std::vector<open_group> open_;
};

}  // namespace

std::string join_path(std::string_view path, std::string_view name)
{
    std::string out(path);
    if (out.empty() || out.back() != '/')
        out += '/';
    return out.append(name);
}

result<walked_paths>
walk_paths(node::graph const& g, node::object_id from, std::string path, std::uint64_t max_bytes)
{
    return walk(g, max_bytes).from(from, std::move(path));
}

}  // namespace lindi::tools
