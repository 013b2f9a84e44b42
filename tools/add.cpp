#include "added_data.hpp"
#include "command_line.hpp"
#include "edit_file.hpp"
#include "interrupt.hpp"
#include "progress.hpp"

#include <lindi/array/index_expression.hpp>
#include <lindi/core/checked.hpp>

#include <charconv>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi add";
constexpr char const* examples = R"(
DATA is a .npy file, a table as CSV, or plain bytes in C order (with --type and --shape). Without DATA a group is
made. Chunks that are not given are whole rows of at most 4 MiB. Types: int8 to int64, uint8 to uint64, float16 to
float64, bool, text, S<bytes>.

Examples:
  lindi add results.lindi.tar /acquisition/series
  lindi add results.lindi.tar /acquisition/series/data samples.npy --chunks 10000,32 --compress gzip
  lindi add results.lindi.tar /acquisition/series/timestamps times.csv
  lindi add results.lindi.tar /acquisition/raw raw.bin --type int16 --shape 30000,384
  lindi add results.lindi.tar /acquisition/series/data more.npy --append
  lindi add results.lindi.tar /acquisition/series/data fixed.npy --at '100:200, 3'
)";

struct add_options {
    edit_options edit{};
    data_options data{};
    std::string path;
    std::string chunks, shape;
    std::string compress = "blosc";
    int level = 4;
    bool shuffle = false;
    std::string fill;
    bool append = false;
    bool replace = false;
    std::string at;
};

/// "100,4" or "100 x 4"
std::optional<std::vector<std::uint64_t>> to_shape(std::string const& text)
{
    std::vector<std::uint64_t> out;
    auto const* at = text.data();
    auto const* const end = text.data() + text.size();
    while (at != end) {
        std::uint64_t extent = 0;
        auto const read = std::from_chars(at, end, extent);
        if (read.ec != std::errc() || (read.ptr != end && *read.ptr != ','))
            return std::nullopt;
        out.push_back(extent);
        at = read.ptr == end ? end : read.ptr + 1;
    }
    return out;
}

std::string check_shape(std::string const& text)
{
    return to_shape(text) ? "" : "extents with commas between are needed, not " + text;
}

edit::compression to_compression(std::string const& name)
{
    return name == "gzip"   ? edit::compression::gzip
           : name == "zlib" ? edit::compression::zlib
           : name == "none" ? edit::compression::none
                            : edit::compression::blosc;
}

void add_arguments(command_line& app, add_options& o)
{
    app.value("FILE", o.edit.file, "LINDI file").required().value_name("");
    app.value("PATH", o.path, "of the new dataset, or group").required().value_name("");
    app.value("DATA", o.data.file, "file with the elements").value_name("");
    app.value("--format", o.data.format, "of DATA (default: by the end of its name)")
        .one_of({"npy", "csv", "raw"})
        .value_name("npy|csv|raw");
    app.value("--type", o.data.type, "of the elements of CSV and plain bytes").value_name("TYPE");
    app.value("--shape", o.shape, "of plain bytes").checked(check_shape).value_name("N,...");
    app.value("--chunks", o.chunks, "shape of a chunk").checked(check_shape).value_name("N,...");
    app.value("--compress", o.compress, "how chunks are made smaller (default: blosc)")
        .one_of({"blosc", "gzip", "zlib", "none"})
        .value_name("blosc|gzip|zlib|none");
    app.value("--level", o.level, "of gzip and zlib, 0 to 9 (default: 4)").value_name("N");
    app.flag("--shuffle", o.shuffle, "in front of gzip or zlib");
    app.value("--fill", o.fill, "of elements never written, as JSON").value_name("VALUE");
    auto const append = app.flag("--append", o.append, "rows behind those that are there");
    auto const replace = app.flag("--replace", o.replace, "a dataset that is there goes");
    app.value("--at", o.at, "into this part of a dataset that is there, as Python indexes")
        .excludes(append)
        .excludes(replace)
        .value_name("INDEX");
    append.excludes(replace);
    add_edit_options(app, o.edit);
    app.footer(examples);
}

std::string shape_text(std::vector<std::uint64_t> const& shape)
{
    std::string out = "[";
    for (auto const extent : shape)
        out += (out.size() == 1 ? "" : ", ") + std::to_string(extent);
    return out + "]";
}

result<edit::dataset> make_dataset(edited_file& to, added_data const& data, add_options const& o)
{
    auto root = to.file.root();
    if (o.replace && root.contains(o.path))
        if (auto const removed = root.remove(o.path); !removed)
            return removed.error();
    edit::dataset_spec spec{.type = data.type(), .shape = data.shape(), .fill = o.fill};
    spec.chunks = to_shape(o.chunks).value_or(std::vector<std::uint64_t>());
    spec.filters = {to_compression(o.compress), o.level, o.shuffle};
    return root.create_dataset(o.path, spec);
}

/// Where the elements go in a dataset that is there already; it is made longer if need be.
result<edit::hyperslab>
part_of_existing(edit::dataset& target, added_data const& data, add_options const& o)
{
    auto shape = target.shape();
    if (!shape)
        return shape.error();
    auto const refuse = [&](char const* why) {
        return error(errc::bad_value, error::nowhere, "data", why).within(o.path);
    };
    if (o.append) {
        auto const& rows = data.shape();
        bool const fits = !rows.empty() && rows.size() == shape->size() &&
                          std::equal(rows.begin() + 1, rows.end(), shape->begin() + 1);
        if (!fits)
            return refuse("its rows are not those of the dataset");
        auto part = array::whole(rows);
        part[0].start = (*shape)[0];
        (*shape)[0] += rows[0];
        auto const resized = target.resize(*shape);
        return resized ? result<edit::hyperslab>(std::move(part)) : resized.error();
    }
    auto part = array::parse_index(o.at, *shape);
    if (!part)
        return part.error();
    auto const count = checked_product(data.shape());
    if (!count || array::element_count(part->part) != *count)
        return refuse("another number of elements than the part has");
    return std::move(part->part);
}

result<void> add_data(edited_file& to, add_options const& o, environment& env)
{
    auto const data = added_data::open(o.data);
    if (!data)
        return data.error();
    bool const existing = o.append || !o.at.empty();
    auto target = existing ? to.file.root().dataset_at(o.path) : make_dataset(to, *data, o);
    if (!target)
        return target.error();
    auto const part = existing ? part_of_existing(*target, *data, o)
                               : result<edit::hyperslab>(array::whole(data->shape()));
    if (!part)
        return part.error();
    auto const chunks = target->chunks();
    if (!chunks)
        return chunks.error();
    to.done.push_back(
        (existing ? "write " : "add ") + target->path() + ": " + data->type().dtype() + " " +
        shape_text(data->shape()) + " in chunks of " + shape_text(*chunks)
    );
    if (to.dry_run)
        return {};
    progress_line progress(env);
    return data->write(*target, *part, [&](std::uint64_t bytes) {
        progress.show(bytes >> 20, "MiB");
        return interrupt_guard::received() == 0;
    });
}

}  // namespace

int add_command(arguments args, environment& env)
{
    add_options options;
    command_line app("Adds a dataset with data from a file, or a group.", command);
    add_arguments(app, options);
    if (auto const stop = app.read(args, env))
        return *stop;
    options.data.shape = to_shape(options.shape).value_or(std::vector<std::uint64_t>());
    auto const mode = edit::open_mode::read_write;
    return with_edited_file(command, options.edit, env, mode, [&](edited_file& to) -> result<void> {
        if (!options.data.file.empty())
            return add_data(to, options, env);
        auto const made = to.file.root().create_group(options.path);
        if (made)
            to.done.push_back("make group " + made->path());
        return made ? result<void>() : made.error();
    });
}

}  // namespace lindi::tools
