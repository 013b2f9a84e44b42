/// \file
/// show-tree FILE [FROM TO]: everything that is in an HDF5 or LINDI file, as one JSON document, for
/// comparisons with what other readers say. Names in the file that begin with FROM are opened at TO
/// instead.

#include <lindi/api/element_json.hpp>
#include <lindi/array/read.hpp>
#include <lindi/node/heap_reader.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/open/open_tree.hpp>
#include <lindi/zarr/json_text.hpp>

#include <iostream>
#include <utility>

namespace {

using namespace lindi;

constexpr std::uint64_t most_bytes = 64 << 20;

class show {
public:
    explicit show(open::tree& from)
        : from_(from), paths_(node::first_paths(from.graph(), node::walk_order::by_name))
    {}

    std::string run()
    {
        out_ = "{\"objects\": {";
        auto const& objects = from_.graph().objects;
        for (node::object_id id = 0; id < objects.size(); ++id)
            if (!paths_[id].empty())
                add_object(objects[id], paths_[id]);
        out_ += "\n},\n\"problems\": [";
        char const* comma = "";
        for (auto const& problem : node::all_problems(from_.graph())) {
            out_ += std::exchange(comma, ", ");
            zarr::append_string(out_, problem);
        }
        return out_ + "]}\n";
    }

private:
    void add_object(node::object const& object, std::string const& path)
    {
        out_ += std::exchange(object_comma_, ",\n");
        zarr::append_string(out_, path);
        out_ += ": {\"attributes\": {";
        char const* comma = "";
        for (auto const& attribute : object.attributes) {
            out_ += std::exchange(comma, ", ");
            zarr::append_string(out_, attribute.name);
            out_ += ": ";
            add_values(*attribute.type, attribute.space.extents, attribute.value);
        }
        out_ += "}";
        if (object.group)
            add_links(*object.group);
        if (object.dataset)
            add_dataset(*object.dataset);
        out_ += "}";
    }

    void add_links(node::group const& group)
    {
        out_ += ", \"links\": {";
        char const* comma = "";
        for (auto const& link : group.links) {
            out_ += std::exchange(comma, ", ");
            zarr::append_string(out_, link.name);
            out_ += ": ";
            auto const* const soft = std::get_if<node::soft_link>(&link.target);
            zarr::append_string(out_, soft != nullptr ? soft->path : "");
        }
        out_ += "}";
    }

    void add_dataset(node::dataset const& data)
    {
        out_ += ", \"shape\": ";
        zarr::append_list(out_, data.space.extents);
        auto const read = from_.reader().run(array::read_all(from_.file(), data, most_bytes));
        if (!read) {
            out_ += ", \"error\": ";
            zarr::append_string(out_, read.error().message());
            return;
        }
        out_ += ", \"values\": ";
        add_values(*data.type, data.space.extents, *read);
    }

    void add_values(
        hdf5::datatype const& type,
        std::span<std::uint64_t const> shape,
        std::span<std::byte const> elements
    )
    {
        nested_json lists(shape);
        std::string text(lists.when_empty());
        auto const done = lists.append(text, {type, elements, from_.graph(), paths_});
        if (done)
            out_ += text;
        else
            zarr::append_string(out_, "cannot be decoded: " + done.error().message());
    }

    open::tree& from_;
    std::vector<std::string> paths_;
    std::string out_;
    char const* object_comma_ = "\n";
};

}  // namespace

int main(int argc, char** argv)
{
    open::tree_options options;
    if (argc == 4)
        options.rewrite = [from = std::string(argv[2]),
                           to = std::string(argv[3])](std::string const& name
                          ) -> std::optional<std::string> {
            if (!name.starts_with(from))
                return std::nullopt;
            return to + name.substr(from.size());
        };
    auto const tree = open::tree::open(argv[1], std::move(options));
    if (!tree) {
        std::cerr << tree.error().message() << '\n';
        return 1;
    }
    if (auto const read = (*tree)->read_graph({}); !read) {
        std::cerr << read.error().message() << '\n';
        return 1;
    }
    std::cout << show(**tree).run();
    return 0;
}
