#include "command_line.hpp"
#include "environment.hpp"
#include "object_walk.hpp"
#include "printable.hpp"
#include "type_text.hpp"
#include "with_file.hpp"

#include <lindi/node/paths.hpp>

#include <algorithm>

namespace lindi::tools {
namespace {

constexpr char const* examples = R"(
One line for each link: its name (with -r its path) and what it leads to: groups with their number of links,
datasets with type, shape, maximum shape, chunks and filters. Unusual characters are shown as \n or \xHH.

Examples:
  lindi ls recording.nwb
  lindi ls -r recording.nwb /acquisition
  lindi ls -l recording.nwb /units/spike_times
)";

std::string counted(std::uint64_t count, char const* what)
{
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string dataset_text(node::dataset const& data)
{
    auto out = type_text(*data.type) + " " + shape_text(data.space);
    if (data.layout == hdf5::layout_class::chunked)
        out += ", chunks " + tuple_text(data.chunking.shape);
    else if (data.layout == hdf5::layout_class::compact)
        out += ", compact";
    else if (data.layout == hdf5::layout_class::virtual_)
        out += ", virtual";
    else if (!data.external.empty())
        out += ", external";
    auto const filters = filters_text(data.filters);
    return filters.empty() ? out : out + ", " + filters;
}

std::string object_text(node::object const& object)
{
    switch (object.kind) {
    case node::object_kind::group:
        return "group, " + counted(object.group ? object.group->links.size() : 0, "link");
    case node::object_kind::dataset:
        return object.dataset ? "dataset " + dataset_text(*object.dataset)
                              : "dataset, cannot be read";
    case node::object_kind::datatype:
        return object.type ? "type " + type_text(*object.type) : "type, cannot be read";
    case node::object_kind::unknown:
        break;
    }
    return "cannot be read";
}

struct target_text {
    std::string operator()(node::hard_link const&) const { return "cannot be read"; }
    std::string operator()(node::soft_link const& soft) const
    {
        return "-> " + printable(soft.path);
    }
    std::string operator()(node::external_link const& external) const
    {
        return "-> " + printable(external.file) + ": " + printable(external.path);
    }
    std::string operator()(node::user_link const& user) const
    {
        return "user-defined link of class " + std::to_string(user.type);
    }
};

class lister {
public:
    lister(node::graph const& g, walked_paths const& walked, bool details, environment& env)
        : graph_(&g), walked_(&walked), details_(details), out_(&env.out)
    {}

    /// \param name  of the entry, as it is to be shown
    void list(path_entry const& entry, std::string_view name, std::size_t width)
    {
        auto shown = printable(name);
        shown.resize(std::max(shown.size(), width), ' ');
        *out_ << shown << "  ";
        if (entry.object == node::no_object) {
            *out_ << std::visit(target_text{}, entry.link->target) << '\n';
        } else if (!entry.first) {
            *out_ << "same as " << printable(walked_->first_paths[entry.object]) << '\n';
        } else {
            auto const& object = graph_->objects[entry.object];
            *out_ << object_text(object) << (object.problems.empty() ? "\n" : ", incomplete\n");
            if (details_)
                list_details(object);
        }
    }

private:
    void detail(char const* what, std::string const& text)
    {
        *out_ << "    " << what << text << '\n';
    }

    void list_details(node::object const& object)
    {
        detail(
            "header: ",
            "at " + std::to_string(object.address) + ", version " +
                std::to_string(object.header_version) + ", " +
                counted(object.reference_count, "hard link")
        );
        if (object.comment)
            detail("comment: ", in_quotes(*object.comment));
        if (!object.attributes.empty())
            detail("attributes: ", attribute_names(object));
        if (object.dataset && !object.dataset->unreadable)
            list_storage(*object.dataset);
        for (auto const& problem : object.problems)
            detail("problem: ", one_line(problem.message()));
    }

    static std::string attribute_names(node::object const& object)
    {
        std::vector<std::string> names;
        for (auto const& attribute : object.attributes)
            names.push_back(printable(attribute.name));
        std::sort(names.begin(), names.end());
        std::string out;
        for (auto const& name : names)
            out.append(out.empty() ? "" : ", ").append(name);
        return out;
    }

    void list_storage(node::dataset const& data)
    {
        if (data.layout == hdf5::layout_class::chunked && data.chunks)
            list_chunks(data);
        else if (data.layout == hdf5::layout_class::compact)
            detail("data: ", counted(data.compact.size(), "byte") + " in the header");
        else if (data.layout == hdf5::layout_class::contiguous && data.offset)
            detail(
                "data: ",
                counted(data.contiguous_size, "byte") + " at " + std::to_string(*data.offset)
            );
        else if (data.layout == hdf5::layout_class::contiguous && data.external.empty())
            detail("data: ", "never written");
        for (auto const& part : data.external)
            detail("data: ", "in " + in_quotes(part.name) + " at " + std::to_string(part.offset));
        for (auto const& mapping : data.mappings)
            detail(
                "data: ",
                "from " + in_quotes(*mapping.source_file) + ": " +
                    in_quotes(*mapping.source_dataset)
            );
    }

    void list_chunks(node::dataset const& data)
    {
        std::uint64_t bytes = 0;
        data.chunks->for_each([&](std::uint64_t, node::stored_chunk const& chunk) {
            bytes += chunk.size;
        });
        detail(
            "data: ",
            std::to_string(data.chunks->count()) + " of " +
                counted(data.chunks->grid_size(), "chunk") + " stored, " + counted(bytes, "byte")
        );
    }

    node::graph const* graph_;
    walked_paths const* walked_;
    bool details_;
    std::ostream* out_;
};

struct ls_options {
    file_options input{};
    std::string path = "/";
    bool recursive = false;
    bool details = false;
};

/// How wide names are made, so that most lines start their second column at the same place.
std::size_t column_width(std::vector<path_entry> const& entries, std::size_t cut)
{
    constexpr std::size_t widest = 40;
    std::size_t width = 0;
    for (auto const& entry : entries)
        width =
            std::max(width, printable(entry.path.substr(std::min(cut, entry.path.size()))).size());
    return std::min(width, widest);
}

/// The links of one group, without going deeper.
walked_paths direct_links(node::graph const& g, node::object_id id, std::string const& path)
{
    walked_paths out;
    out.first_paths = node::first_paths(g, node::walk_order::by_name);
    auto const& group = *g.objects[id].group;
    for (auto const at : node::link_order(group, node::walk_order::by_name)) {
        auto const& link = group.links[at];
        auto const* const hard = std::get_if<node::hard_link>(&link.target);
        out.entries.push_back(
            {join_path(path, link.name), &link, hard != nullptr ? hard->object : node::no_object}
        );
    }
    return out;
}

int list(
    ls_options const& options, node::graph const& g, environment& env, std::uint64_t max_path_bytes
)
{
    auto const start = node::resolve(g, g.root, options.path);
    if (start == node::no_object) {
        env.err << "lindi ls: " << one_line(g.file.name) << ": " << one_line(options.path)
                << ": no such object\n";
        return exit_failed;
    }
    auto const path =
        join_path("", std::string_view(options.path).substr(options.path.starts_with('/') ? 1 : 0));
    bool const links_only = !options.recursive && g.objects[start].group;
    auto const walked =
        links_only ? direct_links(g, start, path) : walk_paths(g, start, path, max_path_bytes);
    if (!walked) {
        env.err << "lindi ls: " << one_line(walked.error().within(g.file.name).message()) << '\n';
        return exit_failed;
    }
    auto const cut = links_only ? join_path(path, "").size() : 0;
    auto const width = column_width(walked->entries, cut);
    lister lines(g, *walked, options.details, env);
    for (auto const& entry : walked->entries) {
        if (!env.out)
            break;
        lines.list(entry, std::string_view(entry.path).substr(cut), width);
    }
    return exit_ok;
}

}  // namespace

int ls_command(arguments args, environment& env)
{
    ls_options options;
    command_line app("Lists the groups and datasets of an HDF5 or LINDI file.", "lindi ls");
    add_file_options(app, options.input);
    app.flag("-r,--recursive", options.recursive, "everything below, by path");
    app.flag("-l,--long", options.details, "with details: storage, attributes, comments");
    app.value("PATH", options.path, "group or dataset inside (default: /)").value_name("");
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    bool const details = options.details;
    return with_file(
        "lindi ls",
        options.input,
        env,
        {.load_chunks = [details](node::dataset const&) { return details; }},
        [&](open_file& from) {
            auto const status = list(options, from.graph(), env, from.file().limits().memory);
            return status == exit_ok ? report_problems("lindi ls", from, env) : status;
        }
    );
}

}  // namespace lindi::tools
