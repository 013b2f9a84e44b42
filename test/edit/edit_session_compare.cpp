#include "edit_session.hpp"
#include "session_text.hpp"

#include <lindi/api/open.hpp>
#include <lindi/zarr/float_text.hpp>

#include <algorithm>

namespace lindi::test {

std::vector<std::string> edit_session::cells_of(lindi::dataset const& from, node const& model)
{
    std::vector<std::string> out;
    switch (model.kind) {
    case cell_kind::real:
        for (auto const number : from.read<double>().value())
            zarr::append_float(out.emplace_back(), number);
        break;
    case cell_kind::whole:
        for (auto const number : from.read<std::int64_t>().value())
            out.push_back(std::to_string(number));
        break;
    case cell_kind::truth:
        for (auto const number : from.read<std::int8_t>().value())
            out.push_back(number == 0 ? "false" : "true");
        break;
    case cell_kind::text:
        for (auto const& text : from.read<std::string>().value())
            out.push_back(quoted(text));
        break;
    case cell_kind::reference:
        // Nothing but nulls reads as texts.
        if (from.type().what != hdf5::type_class::reference)
            return std::vector<std::string>(static_cast<std::size_t>(from.element_count()), "-> ");
        for (std::uint64_t i = 0; i < from.element_count(); ++i) {
            array::hyperslab one;
            auto rest = i;
            for (std::size_t d = model.shape.size(); d-- > 0; rest /= model.shape[d])
                one.insert(one.begin(), {rest % model.shape[d], 1, 1});
            auto const target = from.read<object_path>(one);
            out.push_back(target ? "-> " + target->front().path : "dangling");
        }
    }
    return out;
}

std::string
edit_session::compare(lindi::object const& with, std::string const& path, node const& model)
{
    if (with.attributes().size() != model.attributes.size())
        return path + ": another number of attributes";
    for (auto const& [name, value] : model.attributes) {
        auto const attribute = with.attr(name);
        if (!attribute)
            return failed(path + "@" + name, attribute.error());
        if (!value.starts_with("-> ")) {
            auto json = attribute->json();
            if (json)
                std::erase_if(*json, [](char c) { return c == ' ' || c == '\n'; });
            if (!json || *json != value)
                return path + "@" + name + ": " + (json ? *json : "") + " and not " + value;
            continue;
        }
        auto const target = attribute->as<object_path>();
        bool const there = nodes_.contains(value.substr(3));
        if (there != target.has_value() || (there && target->path != value.substr(3)))
            return path + "@" + name + ": not " + value;
    }
    if (!model.is_dataset)
        return with.as_group() ? "" : path + ": no group";
    auto const data = with.as_dataset();
    if (!data || data->shape() != model.shape)
        return path + ": no dataset, or of another shape";
    auto wanted = model.cells;
    for (auto& cell : wanted)
        if (model.kind == cell_kind::reference && cell.size() > 3 &&
            !nodes_.contains(cell.substr(3)))
            cell = "dangling";
    auto const cells = cells_of(*data, model);
    for (std::size_t i = 0; i < std::min(cells.size(), wanted.size()); ++i)
        if (cells[i] != wanted[i])
            return path + "[" + std::to_string(i) + "]: " + cells[i] + " and not " + wanted[i];
    return cells.size() == wanted.size() ? "" : path + ": another number of elements";
}

std::string edit_session::compare(lindi::file const& with)
{
    if (!with.problems().empty())
        return "problem: " + with.problems().front();
    for (auto const& [path, n] : nodes_) {
        auto const parent = with.root().group_at(path.empty() ? "/" : parent_of(path) + "/");
        if (!parent)
            return failed("parent of " + path, parent.error());
        if (n.link) {
            auto const found = with.root().contains(path);
            // What a link leads to may have gone, or come again.
            if (found != nodes_.contains(*n.link))
                return path + ": link to " + *n.link;
            continue;
        }
        auto const object = path.empty() ? result<lindi::object>(with.root()) : with.at(path);
        if (!object)
            return failed(path, object.error());
        if (auto differs = compare(*object, path, n); !differs.empty())
            return differs;
    }
    std::size_t links = with.root().size();
    auto const count = [&](lindi::object const& o) {
        if (auto const g = o.as_group())
            links += g->size();
        return true;
    };
    with.root().walk(count);
    return links == nodes_.size() - 1 ? "" : "another number of links";
}

std::string edit_session::reopen()
{
    if (pick(2) == 0) {
        auto const now = file_->snapshot();
        return now ? compare(*now) : failed("snapshot", now.error());
    }
    if (auto const done = file_->flush(); !done)
        return failed("flush", done.error());
    auto const read = open_file(path_);
    auto differs = read ? compare(*read) : failed("open", read.error());
    if (pick(2) == 0) {
        file_.reset();
        auto opened = edit::file::open(path_, edit::open_mode::read_write);
        if (!opened)
            return failed("open for writing", opened.error());
        file_ = std::move(*opened);
    }
    return differs;
}

}  // namespace lindi::test
