#include "command_line.hpp"
#include "element_sink.hpp"
#include "environment.hpp"
#include "interrupt.hpp"
#include "printable.hpp"
#include "progress.hpp"
#include "result_output.hpp"
#include "with_file.hpp"

#include <lindi/array/index_expression.hpp>
#include <lindi/array/pieces.hpp>
#include <lindi/array/read.hpp>
#include <lindi/node/heap_reader.hpp>
#include <lindi/node/paths.hpp>

#include <algorithm>
#include <array>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi read";
constexpr char const* examples = R"(
Writes the elements of a dataset, or of a part of it: [SLICE] is what Python writes between brackets.
  text  a line for each row, cells between tabs; unusual characters as \n or \xHH
  csv   RFC 4180; compounds with a column for each member
  json  lists; compounds are objects, references paths, enumerations names
  npy   NumPy's file format, numbers in the type and byte order of the file
  raw   the bytes of the elements as they are in the file
Only what the part touches is read, in pieces: the size of a dataset does not matter.

Examples:
  lindi read recording.nwb '/units/spike_times[0:100]'
  lindi read recording.nwb '/acquisition/raw/data[::1000, 3]' --format csv
  lindi read recording.nwb /acquisition/raw/data --format npy -o raw.npy
  lindi read tables.h5 /rows --field position --field x
  lindi read https://example.org/recording.nwb /session_description
)";

struct read_options {
    file_options input{};
    std::string target;
    std::string format = "text";
    std::vector<std::string> fields;  ///< a member, a member of that, ...
    std::string output;
};

struct sink_kind {
    char const* name;
    std::unique_ptr<element_sink> (*make)(sink_input, put_function const&);
};
constexpr std::array sink_kinds{
    sink_kind{"text", make_text_sink},
    sink_kind{"csv", make_csv_sink},
    sink_kind{"json", make_json_sink},
    sink_kind{"npy", make_npy_sink},
    sink_kind{"raw", make_raw_sink},
};

error refusal(std::string why)
{
    return {errc::bad_value, error::nowhere, "dataset", std::move(why)};
}

/// What is to be read.
struct selection {
    node::dataset const* data = nullptr;
    array::indexed_part part;
    hdf5::datatype_ptr type;  ///< of what is written: the elements, or one member of them
    std::size_t offset = 0;   ///< of that in an element
};

/// "PATH[SLICE]" in two. Names may hold brackets: an object of the whole text wins.
result<selection> select(node::graph const& g, std::string const& target)
{
    auto id = node::resolve(g, g.root, target);
    std::string index;
    auto const bracket = target.rfind('[');
    if (id == node::no_object && bracket != target.npos && target.ends_with(']')) {
        id = node::resolve(g, g.root, target.substr(0, bracket));
        index = target.substr(bracket + 1, target.size() - bracket - 2);
    }
    if (id == node::no_object)
        return error(errc::not_found, error::nowhere, "dataset", "no such object");
    auto const* const data = g.objects[id].dataset.get();
    if (data == nullptr)
        return refusal("it is not a dataset, or its type or shape cannot be read");
    if (data->space.what == hdf5::dataspace::kind::null)
        return refusal("it has a null dataspace: there are no elements");
    auto part = array::parse_index(index, data->space.extents);
    if (!part)
        return part.error();
    return selection{data, std::move(*part), data->type, 0};
}

result<void> narrow_to_field(selection& chosen, std::string const& field)
{
    // By value: the type that holds it goes.
    auto const members = chosen.type->members;
    auto const found = std::find_if(members.begin(), members.end(), [&](auto const& member) {
        return member.name == field;
    });
    if (found == members.end())
        return refusal("its elements have no member " + in_quotes(field));
    chosen.offset += static_cast<std::size_t>(found->offset);
    chosen.type = found->type;
    return {};
}

class reading {
public:
    reading(read_options const& o, open_file& from, environment& env)
        : options_(o), from_(from), env_(env), progress_(env)
    {}

    result<void> run()
    {
        auto chosen = select(from_.graph(), options_.target);
        if (!chosen)
            return chosen.error();
        for (auto const& field : options_.fields)
            if (auto const done = narrow_to_field(*chosen, field); !done)
                return done;
        auto output = result_output::open(options_.output, options_.input.file, env_);
        if (!output)
            return output.error();
        if (auto const done = write(*chosen, *output); !done)
            return done;
        return output->commit();
    }

private:
    result<void> write(selection const& chosen, result_output& output)
    {
        auto const paths = chosen.type->has_reference()
                               ? node::first_paths(from_.graph(), node::walk_order::by_name)
                               : std::vector<std::string>(from_.graph().objects.size());
        auto const kind = std::find_if(sink_kinds.begin(), sink_kinds.end(), [&](auto const& k) {
            return k.name == options_.format;
        });
        put_function const take = [&](std::string_view text) { return output.put(text); };
        auto const sink = kind->make({from_.graph(), paths, chosen.type, chosen.part.shape}, take);
        if (auto const begun = sink->begin(); !begun)
            return begun;
        constexpr std::uint64_t piece_bytes = 32 * 1024 * 1024;
        auto const& data = *chosen.data;
        array::piece_list pieces(
            chosen.part.part,
            std::max<std::uint64_t>(piece_bytes / data.type->size, 1),
            data.chunking.shape
        );
        while (auto piece = pieces.next())
            if (auto const done = write_piece(chosen, std::move(*piece), *sink); !done)
                return done;
        return sink->end();
    }

    result<void> write_piece(selection const& chosen, array::hyperslab piece, element_sink& sink)
    {
        auto const& data = *chosen.data;
        auto const count = array::element_count(piece);
        auto elements = from_.reader().run(array::read_piece(from_.file(), data, std::move(piece)));
        if (!elements)
            return elements.error();
        if (chosen.type != data.type)
            keep_member(chosen, *elements);
        auto const heaps =
            from_.reader().run(node::load_heaps(from_.file(), chosen.type, *elements));
        if (!heaps)
            return heaps;
        done_ += count;
        progress_.show(done_, "elements");
        return sink.add(*elements);
    }

    /// Moves the member of each element to the front, one after the other.
    static void keep_member(selection const& chosen, lindi::bytes& elements)
    {
        auto const stride = chosen.data->type->size;
        auto const size = chosen.type->size;
        auto const count = elements.size() / stride;
        for (std::size_t i = 0; i < count; ++i) {
            auto const from =
                elements.begin() + static_cast<std::ptrdiff_t>(i * stride + chosen.offset);
            std::copy_n(from, size, elements.begin() + static_cast<std::ptrdiff_t>(i * size));
        }
        elements.resize(count * size);
    }

    read_options const& options_;
    open_file& from_;
    environment& env_;
    progress_line progress_;
    std::uint64_t done_ = 0;
};

void add_options(command_line& app, read_options& o)
{
    std::vector<std::string> names;
    for (auto const& kind : sink_kinds)
        names.emplace_back(kind.name);
    app.value("--format", o.format, "text, csv, json, npy or raw (default: text)")
        .one_of(names)
        .value_name("FORMAT");
    app.value(
           "--field", o.fields, "one member of compound elements; once more for a member of that"
    )
        .value_name("NAME")
        .one_value_each();
    app.value("-o,--output", o.output, "file to write (default: standard output)")
        .value_name("OUT");
    add_file_options(app, o.input);
    app.value("PATH[SLICE]", o.target, "dataset, or part of it").required().value_name("");
    app.footer(examples);
}

int read(read_options const& o, open_file& from, environment& env)
{
    interrupt_guard guard;
    guard.watch(from.reader());
    if (auto* const client = from.client())
        guard.watch(*client);
    auto const done = reading(o, from, env).run();
    if (guard.received() != 0)
        return exit_signal + guard.received();
    if (done || !env.out)
        return exit_ok;
    auto const why = done.error().within(o.target).within(from.graph().file.name);
    env.err << command << ": " << one_line(why.message()) << '\n';
    return exit_failed;
}

}  // namespace

int read_command(arguments args, environment& env)
{
    read_options options;
    command_line app("Writes the elements of a dataset.", command);
    add_options(app, options);
    if (auto const stop = app.read(args, env))
        return *stop;
    return with_file(
        command,
        options.input,
        env,
        {.load_chunks = [](node::dataset const&) { return false; }},
        [&](open_file& from) { return read(options, from, env); }
    );
}

}  // namespace lindi::tools
