#include "tree_writer.hpp"

#include <lindi/core/utf8.hpp>
#include <lindi/lindi/attributes.hpp>
#include <lindi/lindi/names.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/zarr/json_text.hpp>
#include <lindi/zarr/metadata.hpp>

#include <algorithm>

namespace lindi::rfs {

tree_writer::tree_writer(export_context& c)
    : c_(c), datasets_(c), targets_(c.graph), seen_(c.graph.objects.size())
{}

void tree_writer::write()
{
    enter(c_.graph.root);
    while (!levels_.empty() && c_.go_on()) {
        if (auto const in_time = c_.budget.check_time(); !in_time)
            c_.out.fail(in_time.error());
        auto& top = levels_.back();
        path_.resize(top.path_size);
        prefix_.resize(top.prefix_size);
        if (top.next == top.links.size()) {
            leave();
            continue;
        }
        auto const& links = c_.graph.objects[top.id].group->links;
        auto const at = top.next++;
        auto const& link = links[top.links[at]];
        auto const name = name_of(top, link, at == 0 ? nullptr : &links[top.links[at - 1]]);
        if (!name.empty())
            visit(link, name);
    }
}

void tree_writer::enter(node::object_id id)
{
    auto const& o = c_.graph.objects[id];
    ++c_.report.groups;
    std::string json = "{";
    append_user_attributes(
        c_, json, o, {path_.empty() ? "/" : std::string_view(path_), prefix_, !seen_[id]}
    );
    json += '}';
    if (json != "{}")
        write_metadata(c_, prefix_, ".zattrs", json);
    write_metadata(c_, prefix_, ".zgroup", std::string(zarr::group_metadata));
    seen_[id] = true;
    level next{id, {}, 0, path_.size(), prefix_.size(), {}};
    if (o.group) {
        next.links = node::link_order(*o.group, node::walk_order::by_name);
        auto const& links = o.group->links;
        if (std::any_of(links.begin(), links.end(), [](auto const& l) { return !is_utf8(l.name); }))
            for (auto const& l : links)
                if (is_utf8(l.name))
                    next.names.insert(l.name);
    }
    open_[id] = path_.size();
    levels_.push_back(std::move(next));
}

void tree_writer::leave()
{
    open_.erase(levels_.back().id);
    levels_.pop_back();
}

void tree_writer::leave_out(node::link const& link, std::string_view why)
{
    c_.problems.add(path_ + "/" + link.name, std::string("left out: ") + std::string(why));
}

std::string tree_writer::name_of(level& in, node::link const& link, node::link const* before)
{
    auto const& name = link.name;
    if (name.empty() || name.find('/') != name.npos) {
        leave_out(link, "its name is no part of a path");
        return {};
    }
    if (before != nullptr && before->name == name) {
        leave_out(link, "a second one of this name");
        return {};
    }
    if (is_utf8(name)) {
        if (name == "." || name == ".." || name.find('\\') != name.npos)
            c_.problems.add(path_ + "/" + name, "Zarr readers do not find objects of this name");
        return name;
    }
    auto written = written_name(name);
    if (!in.names.insert(written).second) {
        leave_out(link, "its name is not UTF-8, and " + written + " is there already");
        return {};
    }
    c_.problems.add(path_ + "/" + name, "its name is not UTF-8, it is written as " + written);
    return written;
}

void tree_writer::visit(node::link const& link, std::string_view name)
{
    if (std::holds_alternative<node::external_link>(link.target))
        return leave_out(link, "an external link");
    if (std::holds_alternative<node::user_link>(link.target))
        return leave_out(link, "a user-defined link");
    if (auto const* const soft = std::get_if<node::soft_link>(&link.target)) {
        auto const target = absolute_path(path_, soft->path);
        auto const id = targets_.find(target);
        if (id == node::no_object)
            return leave_out(link, "a soft link that leads nowhere: " + printable_name(soft->path));
        if (c_.graph.objects[id].kind == node::object_kind::datatype)
            return;
        if (!is_written(id))
            return leave_out(
                link, "a soft link to what is left out: " + printable_name(soft->path)
            );
        zarr::append_escaped(prefix_, name);
        prefix_ += '/';
        return write_soft_link(target);
    }
    auto const id = std::get<node::hard_link>(link.target).object;
    if (id >= c_.graph.objects.size())
        return leave_out(link, "a hard link that leads nowhere");
    path_ += '/';
    path_ += link.name;
    zarr::append_escaped(prefix_, name);
    prefix_ += '/';
    visit_hard(id);
}

void tree_writer::visit_hard(node::object_id id)
{
    auto const& o = c_.graph.objects[id];
    if (o.kind == node::object_kind::dataset && o.dataset) {
        datasets_.write(id, here(id));
        seen_[id] = true;
    } else if (o.kind == node::object_kind::group) {
        auto const found = open_.find(id);
        if (found == open_.end())
            return enter(id);
        auto const ancestor = path_.substr(0, found->second);
        write_soft_link(ancestor.empty() ? "/" : ancestor);
    }
}

void tree_writer::write_soft_link(std::string_view path)
{
    std::string json = "{\"_SOFT_LINK\":{\"path\":";
    zarr::append_string(json, written_name(path));
    json += "}}";
    write_metadata(c_, prefix_, ".zattrs", json);
    write_metadata(c_, prefix_, ".zgroup", std::string(zarr::group_metadata));
}

bool tree_writer::is_written(node::object_id id) const
{
    auto const& o = c_.graph.objects[id];
    if (o.kind == node::object_kind::dataset)
        return o.dataset && has_zarr_form(*o.dataset);
    return o.kind == node::object_kind::group;
}

}  // namespace lindi::rfs
