#include <lindi/node/paths.hpp>

#include <algorithm>
#include <numeric>

namespace lindi::node {
namespace {

/// Longer paths are not made, and not more than this in all: links can be arranged so that every
/// object's first path leads through all others.
constexpr std::size_t max_path = 1024 * 1024;
constexpr std::size_t max_all_paths = 512 * 1024 * 1024;

/// Problems are told with their object's path: not more than this in all.
constexpr std::size_t max_problem_text = 16 * 1024 * 1024;

std::string join(std::string const& parent, std::string const& name)
{
    return parent == "/" ? "/" + name : parent + "/" + name;
}

/// Next part of a path; empty at its end. Slashes are passed over.
std::string_view next_part(std::string_view& path)
{
    auto const start = path.find_first_not_of('/');
    if (start == std::string_view::npos) {
        path = {};
        return {};
    }
    path.remove_prefix(start);
    auto const part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    return part;
}

/// Follows one path; `found` says what it came to.
class path_walk {
public:
    path_walk(graph const& g, unsigned soft_links) : graph_(&g), soft_links_left_(soft_links) {}

    object_id walk(object_id from, std::string_view path)
    {
        object_id here = !path.empty() && path.front() == '/' ? graph_->root : from;
        for (auto part = next_part(path); !part.empty(); part = next_part(path)) {
            if (part == ".")
                continue;
            if (here == no_object)
                return no_object;
            auto const* const l = find_link(graph_->objects[here], part);
            if (l == nullptr)
                return no_object;
            here = follow(here, *l);
        }
        return here;
    }

    path_target found;

private:
    link const* find_link(object const& parent, std::string_view name)
    {
        if (!parent.group)
            return nullptr;
        auto const& links = parent.group->links;
        auto const at =
            std::find_if(links.begin(), links.end(), [&](link const& l) { return l.name == name; });
        found.links_seen += static_cast<std::uint64_t>(at - links.begin()) + 1;
        return at == links.end() ? nullptr : &*at;
    }

    object_id follow(object_id parent, link const& l)
    {
        if (auto const* const hard = std::get_if<hard_link>(&l.target))
            return hard->object;
        auto const* const soft = std::get_if<soft_link>(&l.target);
        if (soft == nullptr)
            found.leaves_file = true;
        if (soft == nullptr || soft_links_left_ == 0)
            return no_object;
        --soft_links_left_;
        return walk(parent, soft->path);
    }

    graph const* graph_;
    unsigned soft_links_left_;
};

}  // namespace

std::vector<std::size_t> link_order(group const& g, walk_order order)
{
    std::vector<std::size_t> out(g.links.size());
    std::iota(out.begin(), out.end(), std::size_t{0});
    if (order == walk_order::by_name)
        std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
            return g.links[a].name < g.links[b].name;
        });
    return out;
}

std::vector<std::string> first_paths(graph const& g, walk_order order)
{
    struct step {
        object_id id;
        std::vector<std::size_t> links;
        std::size_t next;
    };
    std::vector<std::string> paths(g.objects.size());
    std::vector<step> stack;
    std::size_t total = 0;
    auto const has_room = [&total](std::string const& parent, std::string const& name) {
        auto const size = parent.size() + 1 + name.size();
        return size <= max_path && total + size <= max_all_paths;
    };
    auto const enter = [&](object_id id, std::string path) {
        total += path.size();
        paths[id] = std::move(path);
        auto const& o = g.objects[id];
        if (o.group)
            stack.push_back({id, link_order(*o.group, order), 0});
    };
    if (g.root != no_object)
        enter(g.root, "/");
    while (!stack.empty()) {
        auto& top = stack.back();
        if (top.next == top.links.size()) {
            stack.pop_back();
            continue;
        }
        auto const parent = top.id;
        auto const& l = g.objects[parent].group->links[top.links[top.next++]];
        auto const* const hard = std::get_if<hard_link>(&l.target);
        if (hard != nullptr && hard->object != no_object && paths[hard->object].empty() &&
            has_room(paths[parent], l.name))
            enter(hard->object, join(paths[parent], l.name));
    }
    return paths;
}

object_id find_object(graph const& g, std::string_view path)
{
    return path_walk(g, 0).walk(g.root, path);
}

object_id resolve(graph const& g, object_id from, std::string_view path)
{
    return look_up(g, from, path).object;
}

path_target look_up(graph const& g, object_id from, std::string_view path)
{
    constexpr unsigned most_soft_links = 64;
    path_walk way(g, most_soft_links);
    way.found.object = way.walk(from, path);
    return way.found;
}

std::vector<std::string> all_problems(graph const& g)
{
    std::vector<std::string> out;
    std::size_t size = 0, left_out = 0;
    auto const tell = [&](error const& problem, std::string const& path) {
        if (size + path.size() > max_problem_text) {
            ++left_out;
            return;
        }
        out.push_back(path.empty() ? problem.message() : problem.within(path).message());
        size += out.back().size();
    };
    for (auto const& problem : g.problems)
        tell(problem, {});
    auto const paths = first_paths(g, walk_order::by_name);
    std::vector<object_id> ids;
    for (object_id id = 0; id < g.objects.size(); ++id)
        if (!g.objects[id].problems.empty())
            ids.push_back(id);
    std::sort(ids.begin(), ids.end(), [&](object_id a, object_id b) {
        return paths[a] < paths[b];
    });
    for (auto const id : ids)
        for (auto const& problem : g.objects[id].problems)
            tell(problem, paths[id]);
    if (left_out != 0)
        out.push_back(std::to_string(left_out) + " further problems");
    return out;
}

}  // namespace lindi::node
