#include "edit_session.hpp"

#include "session_text.hpp"

#include <lindi/zarr/float_text.hpp>

#include <algorithm>

namespace lindi::test {
namespace {

using edit::element_type;

bool is_within(std::string const& path, std::string const& folder)
{
    return path == folder || path.starts_with(folder + "/");
}

std::uint64_t count_of(std::vector<std::uint64_t> const& shape)
{
    std::uint64_t out = 1;
    for (auto const extent : shape)
        out *= extent;
    return out;
}

/// Calls `visit(number in the array, number in the part)`.
template <class Visit>
void for_each_element(
    std::vector<std::uint64_t> const& shape, array::hyperslab const& part, Visit&& visit
)
{
    auto const count = array::element_count(part);
    for (std::uint64_t number = 0; number < count; ++number) {
        std::uint64_t rest = number, at = 0, step = 1;
        for (std::size_t i = shape.size(); i-- > 0;) {
            at += (part[i].start + rest % part[i].count * part[i].step) * step;
            rest /= part[i].count;
            step *= shape[i];
        }
        visit(at, number);
    }
}

/// Elements of one shape as those of another one, with the fill value where there were none.
std::vector<std::string> reshaped(
    std::vector<std::string> const& cells,
    std::vector<std::uint64_t> const& from,
    std::vector<std::uint64_t> const& to,
    std::string const& fill
)
{
    std::vector<std::string> out(count_of(to), fill);
    array::hyperslab common;
    for (std::size_t i = 0; i < from.size(); ++i)
        common.push_back({0, std::min(from[i], to[i]), 1});
    std::vector<std::uint64_t> old;
    for_each_element(from, common, [&](std::uint64_t at, std::uint64_t) { old.push_back(at); });
    for_each_element(to, common, [&](std::uint64_t at, std::uint64_t number) {
        out[at] = cells[old[number]];
    });
    return out;
}

}  // namespace

edit_session::edit_session(std::string path, std::uint64_t seed)
    : path_(std::move(path)), random_(seed),
      file_(edit::file::open(path_, edit::open_mode::create_new).value())
{
    nodes_[""];
}

std::optional<std::string> edit_session::any(bool dataset)
{
    std::vector<std::string> found;
    for (auto const& [path, n] : nodes_)
        if (dataset ? n.is_dataset : !n.link && !path.empty())
            found.push_back(path);
    if (found.empty())
        return std::nullopt;
    return found[pick(found.size())];
}

std::string edit_session::new_path()
{
    std::vector<std::string> groups;
    for (auto const& [path, n] : nodes_)
        if (!n.is_dataset && !n.link && std::count(path.begin(), path.end(), '/') < 4)
            groups.push_back(path);
    constexpr char const* beginnings[] = {"g", "0", "a b", "\xc3\xa9", "x.y", "{{u1}}", "%41"};
    auto name = beginnings[pick(std::size(beginnings))] + std::to_string(names_++);
    return groups[pick(groups.size())] + "/" + name;
}

std::string edit_session::random_cell(cell_kind kind)
{
    constexpr char const* words[] = {"", "a", "\xc3\xa9\xf0\x9f\x98\x80", "\"quoted\" \\ \n", "0"};
    std::string out;
    switch (kind) {
    case cell_kind::real:
        zarr::append_float(out, static_cast<double>(static_cast<int>(pick(2001)) - 1000) / 8);
        return out;
    case cell_kind::whole:
        return std::to_string(static_cast<int>(pick(65536)) - 32768);
    case cell_kind::truth:
        return pick(2) == 0 ? "false" : "true";
    case cell_kind::text:
        return quoted(words[pick(std::size(words))] + std::string(pick(4) * 9, 'x'));
    case cell_kind::reference:
        if (auto const target = any(false))
            return "-> " + *target;
        return "-> ";
    }
    return out;
}

std::string edit_session::make_group()
{
    auto const path = new_path();
    auto const made = file_->root().create_group(path);
    if (!made)
        return failed("create " + path, made.error());
    nodes_[path];
    return {};
}

std::string edit_session::make_dataset()
{
    auto const path = new_path();
    node model;
    model.is_dataset = true;
    constexpr std::pair<cell_kind, char const*> kinds[] = {
        {cell_kind::real, "float64"},
        {cell_kind::real, ">f4"},
        {cell_kind::whole, "int16"},
        {cell_kind::whole, ">i4"},
        {cell_kind::truth, "bool"},
        {cell_kind::text, "text"},
        {cell_kind::text, "S64"},
        {cell_kind::reference, "reference"}};
    auto const [kind, type] = kinds[pick(std::size(kinds))];
    model.kind = kind;
    auto const rank = kind == cell_kind::reference ? 1 + pick(2) : pick(4);
    edit::dataset_spec spec{.type = element_type::parse(type).value()};
    for (std::size_t i = 0; i < rank; ++i) {
        spec.shape.push_back(pick(12));
        if (rank != 1 || pick(2) == 0)
            spec.chunks.push_back(1 + pick(7));
    }
    spec.filters.how = static_cast<edit::compression>(pick(4));
    bool const number = kind == cell_kind::real || kind == cell_kind::whole;
    spec.filters.shuffle = number && spec.filters.how != edit::compression::none && pick(2) == 0;
    model.fill = kind == cell_kind::real    ? "0.0"
                 : kind == cell_kind::whole ? "0"
                 : kind == cell_kind::truth ? "false"
                 : kind == cell_kind::text  ? "\"\""
                                            : "-> ";
    if (number && pick(2) == 0)
        spec.fill = model.fill = kind == cell_kind::real ? "-1.5" : "7";
    auto const made = file_->root().create_dataset(path, spec);
    if (!made)
        return failed("create " + path, made.error());
    model.shape = spec.shape;
    model.scalar = rank == 0;
    model.cells.assign(count_of(model.shape), model.fill);
    nodes_[path] = std::move(model);
    return {};
}

std::string edit_session::write_part(edit::dataset& to, node& model, array::hyperslab const& part)
{
    std::vector<std::string> cells, json;
    for (std::uint64_t i = 0; i < array::element_count(part); ++i) {
        cells.push_back(random_cell(model.kind));
        auto const& cell = cells.back();
        if (model.kind != cell_kind::reference)
            json.push_back(cell);
        else if (cell == "-> ")
            json.push_back("null");
        else
            json.push_back(R"({"_REFERENCE":{"path":)" + quoted(cell.substr(3)) + "}}");
    }
    result<void> done;
    if (model.kind == cell_kind::real && pick(2) == 0) {
        std::vector<double> numbers;
        for (auto const& cell : cells)
            numbers.push_back(std::stod(cell));
        done = to.write<double>(numbers, part);
    } else {
        done = to.write_json(json, part);
    }
    if (!done)
        return failed("write " + to.path(), done.error());
    for_each_element(model.shape, part, [&](std::uint64_t at, std::uint64_t number) {
        model.cells[at] = cells[number];
    });
    return {};
}

std::string edit_session::write()
{
    auto const path = any(true);
    if (!path)
        return {};
    auto& model = nodes_[*path];
    auto data = file_->root().dataset_at(*path);
    if (!data)
        return failed("open " + *path, data.error());
    array::hyperslab part;
    for (auto const extent : model.shape) {
        auto const start = extent == 0 ? 0 : pick(extent);
        auto const step = 1 + pick(4);
        auto const most = extent == 0 ? 0 : (extent - start + step - 1) / step;
        part.push_back({start, most == 0 ? 0 : pick(most) + 1, step});
    }
    if (pick(3) == 0)
        part = array::whole(model.shape);
    return write_part(*data, model, part);
}

std::string edit_session::resize()
{
    auto const path = any(true);
    if (!path || nodes_[*path].scalar)
        return {};
    auto& model = nodes_[*path];
    extents shape;
    for (auto const extent : model.shape)
        shape.push_back(pick(2) == 0 ? extent : pick(14));
    auto const done = file_->root().dataset_at(*path).value().resize(shape);
    if (!done)
        return failed("resize " + *path, done.error());
    model.cells = reshaped(model.cells, model.shape, shape, model.fill);
    model.shape = shape;
    return {};
}

std::string edit_session::append()
{
    auto const path = any(true);
    if (!path)
        return {};
    auto& model = nodes_[*path];
    auto row = model.shape;
    if (model.scalar || model.kind != cell_kind::real || model.shape[0] > 30)
        return {};
    row[0] = 1 + pick(3);
    if (count_of(row) == 0)
        return {};
    std::vector<double> numbers(count_of(row));
    for (auto& number : numbers)
        number = static_cast<double>(pick(100));
    auto const done = file_->root().dataset_at(*path).value().append<double>(numbers);
    if (!done)
        return failed("append to " + *path, done.error());
    for (auto const number : numbers)
        zarr::append_float(model.cells.emplace_back(), number);
    model.shape[0] += row[0];
    return {};
}

std::string edit_session::set_attribute()
{
    auto const path = pick(5) == 0 ? std::optional<std::string>("") : any(false);
    if (!path)
        return {};
    constexpr char const* values[] = {
        "5",
        "5.0",
        "true",
        "\"text\"",
        "[1,2]",
        "[[1.5,2.0],[3.0,-0.5]]",
        "[\"a\",\"\\u00e9\"]",
        "18446744073709551615",
        "1e-05"};
    auto const name = "n" + std::to_string(pick(4));
    auto object = file_->at("/" + *path);
    if (!object)
        return failed("open " + *path, object.error());
    auto const target = any(false);
    std::string value = values[pick(std::size(values))];
    auto given = edit::attribute_value::json(value);
    if (target && pick(4) == 0) {
        value = "-> " + *target;
        given = object_path{*target};
    }
    auto const done = object->set_attribute(name, given);
    if (!done)
        return failed("set " + *path + "@" + name, done.error());
    nodes_[*path].attributes[name] = value;
    return {};
}

std::string edit_session::delete_attribute()
{
    auto const path = any(false);
    if (!path)
        return {};
    auto const name = "n" + std::to_string(pick(4));
    auto const done = file_->at(*path).value().delete_attribute(name);
    if (!done)
        return failed("delete " + *path + "@" + name, done.error());
    bool const was_there = nodes_[*path].attributes.erase(name) != 0;
    return *done == was_there ? "" : "delete " + *path + "@" + name + " says otherwise";
}

void edit_session::move_references(std::string const& from, std::string const& to)
{
    auto const change = [&](std::string& cell) {
        if (cell.starts_with("-> ") && is_within(cell.substr(3), from) && cell.size() > 3)
            cell = "-> " + to + cell.substr(3 + from.size());
    };
    for (auto& [path, n] : nodes_) {
        for (auto& [name, value] : n.attributes)
            change(value);
        for (auto& cell : n.cells)
            if (n.kind == cell_kind::reference)
                change(cell);
    }
}

std::string edit_session::move()
{
    auto const from = any(false);
    auto const to = new_path();
    if (!from || is_within(to, *from))
        return {};
    auto const done = file_->root().move(*from, to);
    if (!done)
        return failed("move " + *from + " to " + to, done.error());
    nodes moved;
    for (auto at = nodes_.lower_bound(*from); at != nodes_.end();) {
        bool const goes = is_within(at->first, *from);
        if (goes)
            moved[to + at->first.substr(from->size())] = std::move(at->second);
        at = goes ? nodes_.erase(at) : std::next(at);
    }
    nodes_.merge(moved);
    move_references(*from, to);
    return {};
}

std::string edit_session::copy()
{
    auto const from = any(false);
    auto const to = new_path();
    if (!from || is_within(to, *from) || nodes_.size() > 150)
        return {};
    auto const done = file_->root().copy(*from, to);
    if (!done)
        return failed("copy " + *from + " to " + to, done.error());
    nodes copied;
    for (auto const& [path, n] : nodes_)
        if (is_within(path, *from))
            copied[to + path.substr(from->size())] = n;
    nodes_.merge(copied);
    return {};
}

std::string edit_session::remove()
{
    std::vector<std::string> found;
    for (auto const& [path, n] : nodes_)
        if (!path.empty())
            found.push_back(path);
    if (found.size() < 20)
        return {};
    auto const path = found[pick(found.size())];
    auto const done = file_->root().remove(path);
    if (!done)
        return failed("remove " + path, done.error());
    std::erase_if(nodes_, [&](auto const& n) { return is_within(n.first, path); });
    return {};
}

std::string edit_session::link()
{
    auto const target = any(false);
    auto const path = new_path();
    if (!target)
        return {};
    auto const done = file_->root().link(path, *target);
    if (!done)
        return failed("link " + path, done.error());
    nodes_[path].link = *target;
    return {};
}

std::string edit_session::change()
{
    switch (pick(16)) {
    case 0:
        return make_group();
    case 1:
    case 2:
        return make_dataset();
    case 3:
    case 4:
    case 5:
    case 6:
        return write();
    case 7:
    case 8:
        return resize();
    case 9:
        return append();
    case 10:
    case 11:
        return set_attribute();
    case 12:
        return delete_attribute();
    case 13:
        return pick(2) == 0 ? move() : copy();
    case 14:
        return remove();
    default:
        return link();
    }
}

std::string edit_session::run(std::size_t changes)
{
    for (std::size_t i = 0; i < changes; ++i) {
        auto wrong = change();
        if (wrong.empty() && pick(25) == 0)
            wrong = reopen();
        if (!wrong.empty())
            return "change " + std::to_string(i) + ": " + wrong;
    }
    return reopen();
}

}  // namespace lindi::test
