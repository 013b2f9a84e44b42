#include "problems.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/hdf5/growing_slab.hpp>
#include <lindi/hdf5/selection_bounds.hpp>
#include <lindi/node/other_files.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/node/virtual_source.hpp>

#include <algorithm>

namespace lindi::node {
namespace {

constexpr char const* structure = "virtual dataset";

error refuse(errc code, char const* why)
{
    return {code, error::nowhere, structure, why};
}

bool has_number(std::string_view pattern)
{
    for (auto at = pattern.find('%'); at != std::string_view::npos; at = pattern.find('%', at + 2))
        if (pattern.substr(at, 2) == "%b")
            return true;
    return false;
}

/// libhdf5 also looks for absolute names that lead nowhere beside the file that has them.
std::string last_part(std::string const& path)
{
    return path.substr(path.rfind('/') + 1);
}

result<file*> open_other(file& f, std::string const& name)
{
    if (f.others == nullptr)
        return refuse(errc::unsupported, "its elements lie in other files");
    auto found = f.others->open(f, name);
    bool const elsewhere =
        !found && name.starts_with('/') &&
        (found.error().code() == errc::not_found || found.error().code() == errc::unsupported);
    if (!elsewhere)
        return found;
    auto beside = f.others->open(f, last_part(name));
    return beside ? beside : found;
}

/// The file of a source; null when there is none of that name.
result<file*> file_of(file& f, std::string const& name)
{
    if (name == ".")
        return &f;
    auto const found = open_other(f, name);
    if (!found && found.error().code() == errc::not_found)
        return static_cast<file*>(nullptr);
    return found;
}

/// What may hide links in a file; looked for once.
result<void> const& damage_of(file& in)
{
    if (in.hidden_links)
        return *in.hidden_links;
    auto& found = in.hidden_links.emplace();
    for (auto const& object : in.contents.objects)
        if (found && object.kind != object_kind::dataset && !object.problems.empty())
            found = object.problems.front();
    return found;
}

result<object_id> find_dataset(file& f, file& in, std::string const& name)
{
    auto const& g = in.contents;
    auto const target = look_up(g, g.root, name);
    // Going through links again counts as reading.
    if (auto const spent = f.budget().spend_bytes(target.links_seen, error::nowhere); !spent)
        return spent.error();
    if (target.leaves_file)
        return refuse(errc::unsupported, "its source is behind an external link");
    if (target.object == no_object) {
        if (auto const& damage = damage_of(in); !damage)
            return damage.error();
        return no_object;
    }
    auto const& object = g.objects[target.object];
    if (object.dataset)
        return target.object;
    if (!object.problems.empty())
        return object.problems.front();
    return refuse(errc::bad_value, "its source is no dataset");
}

bool grows(dataset const& data)
{
    return std::any_of(data.mappings.begin(), data.mappings.end(), [](auto const& m) {
        return hdf5::unlimited_dimension(m.target).has_value();
    });
}

bool has_foreign_sources(dataset const& data)
{
    return std::any_of(data.mappings.begin(), data.mappings.end(), [](auto const& m) {
        return *m.source_file != ".";
    });
}

/// How far the sources of a numbered mapping reach: they end at the first that is not there.
result<std::uint64_t> numbered_reach(file& f, hdf5::virtual_mapping const& mapping)
{
    std::uint64_t reach = 0;
    for (std::uint64_t block = 0;; ++block) {
        auto const source = find_source(f, mapping, block);
        if (!source)
            return source.error();
        if (source->data == nullptr)
            return reach;
        auto const slab = numbered_slab(mapping.target, block);
        if (!slab)
            return slab.error();
        reach = slab->start + slab->block;
    }
}

/// How far a mapping reaches in its unlimited dimension.
result<std::uint64_t> reach_of(file& f, hdf5::virtual_mapping const& mapping, std::size_t dimension)
{
    if (is_numbered(mapping))
        return numbered_reach(f, mapping);
    auto const from = hdf5::unlimited_dimension(mapping.source);
    if (!from)
        return refuse(errc::bad_value, "a source that ends for a selection that does not");
    auto const source = find_source(f, mapping, 0);
    if (!source)
        return source.error();
    if (source->data == nullptr)
        return 0;
    auto const& extents = source_extents(*source->data);
    if (extents.size() != mapping.source.rank)
        return refuse(errc::bad_value, "a source of another rank");
    auto const places = hdf5::places_below(mapping.source.regular[*from], extents[*from]);
    auto const reach = hdf5::extent_for(mapping.target.regular[dimension], places);
    if (!reach)
        return refuse(errc::bad_value, "extents beyond 2^64");
    return *reach;
}

using reaches = std::vector<std::optional<std::uint64_t>>;

/// Extents in which all selections that end fit.
void widen_to_targets(dataset const& data, reaches& found)
{
    for (auto const& mapping : data.mappings) {
        auto const bounds = hdf5::bounds_of(mapping.target);
        auto const growing = hdf5::unlimited_dimension(mapping.target);
        for (std::size_t i = 0; bounds && i < found.size() && i < bounds->last.size(); ++i)
            if (found[i] && growing != i && bounds->last[i] != hdf5::unlimited)
                found[i] = std::max(*found[i], bounds->last[i] + 1);
    }
}

result<void> take_extents(dataset& data, reaches const& found)
{
    auto extents = data.space.extents;
    for (std::size_t i = 0; i < extents.size(); ++i) {
        extents[i] = found[i].value_or(extents[i]);
        if (i < data.space.max_extents.size() && extents[i] > data.space.max_extents[i])
            return refuse(errc::bad_value, "its sources make it larger than it may be");
    }
    auto const count = checked_product(extents);
    if (!count || !checked_multiply(*count, data.type->size))
        return refuse(errc::bad_value, "its sources make it larger than 2^64");
    data.space.extents = std::move(extents);
    return {};
}

/// Whether a dataset grows with sources that can be looked at.
bool is_open(file const& f, dataset const& data)
{
    return grows(data) && !data.unreadable && (f.others != nullptr || !has_foreign_sources(data));
}

void settle(file& f, object& about)
{
    auto& data = *about.dataset;
    auto const note = [&](error const& e) {
        add_problem(f, about.problems, e);
        if (!data.unreadable)
            data.unreadable = e;
    };
    reaches found(data.space.rank());
    for (auto const& mapping : data.mappings) {
        auto const dimension = hdf5::unlimited_dimension(mapping.target);
        if (!dimension)
            continue;
        if (mapping.target.rank != found.size()) {
            note(refuse(errc::bad_value, "a selection of another rank"));
            continue;
        }
        auto const reach = reach_of(f, mapping, *dimension);
        if (!reach)
            note(reach.error().within(source_text(mapping)));
        found[*dimension] =
            std::max(found[*dimension].value_or(0), reach ? *reach : std::uint64_t{0});
    }
    widen_to_targets(data, found);
    data.stored_extents = data.space.extents;
    if (auto const taken = take_extents(data, found); !taken)
        note(taken.error());
}

}  // namespace

std::vector<std::uint64_t> const& source_extents(dataset const& data) noexcept
{
    return data.stored_extents.empty() ? data.space.extents : data.stored_extents;
}

std::string source_text(hdf5::virtual_mapping const& mapping)
{
    return "source " + *mapping.source_file + ": " + *mapping.source_dataset;
}

bool is_numbered(hdf5::virtual_mapping const& mapping)
{
    return has_number(*mapping.source_file) || has_number(*mapping.source_dataset);
}

result<std::string> source_name(std::string_view pattern, std::uint64_t block)
{
    std::string out;
    for (auto at = pattern.find('%'); at != std::string_view::npos; at = pattern.find('%')) {
        out += pattern.substr(0, at);
        auto const what = pattern.substr(at, 2);
        if (what == "%b")
            out += std::to_string(block);
        else if (what == "%%")
            out += '%';
        else
            return refuse(errc::bad_value, "the name of a source has another percent sign than %b");
        pattern.remove_prefix(at + 2);
    }
    return out.append(pattern);
}

result<hdf5::selection::slab> numbered_slab(hdf5::selection const& target, std::uint64_t block)
{
    auto const dimension = hdf5::unlimited_dimension(target);
    if (!dimension || target.regular[*dimension].count != hdf5::unlimited)
        return refuse(errc::bad_value, "a numbered source without numbered blocks");
    auto slab = target.regular[*dimension];
    auto const jump = checked_multiply(block, slab.stride);
    auto const start = jump ? checked_add(slab.start, *jump) : std::nullopt;
    if (!start || !checked_add(*start, slab.block))
        return refuse(errc::bad_value, "extents beyond 2^64");
    slab.start = *start;
    slab.count = 1;
    return slab;
}

result<source_dataset>
find_source(file& f, hdf5::virtual_mapping const& mapping, std::uint64_t block)
{
    auto const file_name = source_name(*mapping.source_file, block);
    if (!file_name)
        return file_name.error();
    auto const name = source_name(*mapping.source_dataset, block);
    if (!name)
        return name.error();
    auto const in = file_of(f, *file_name);
    if (!in)
        return in.error();
    if (*in == nullptr)
        return source_dataset{};
    auto const id = find_dataset(f, **in, *name);
    if (!id)
        return id.error();
    if (*id == no_object)
        return source_dataset{};
    return source_dataset{*in, (*in)->contents.objects[*id].dataset.get()};
}

void settle_extents(file& f)
{
    for (auto& object : f.contents.objects)
        if (object.dataset && is_open(f, *object.dataset))
            settle(f, object);
}

}  // namespace lindi::node
