#include "command_line.hpp"
#include "environment.hpp"
#include "interrupt.hpp"
#include "printable.hpp"
#include "progress.hpp"
#include "with_file.hpp"

#include <lindi/array/pieces.hpp>
#include <lindi/array/read.hpp>
#include <lindi/node/chunk_decoder.hpp>
#include <lindi/node/heap_reader.hpp>
#include <lindi/node/linked_dataset.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/node/value.hpp>

#include <algorithm>
#include <utility>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi check";
constexpr char const* examples = R"(
Finds out whether a file is sound: every structure can be decoded, every chunk lies inside of its file, and every
reference of a LINDI document leads to bytes that are there. With --data every chunk is decoded, too. A line for
each problem; exit status 3 if there is one.

Examples:
  lindi check recording.nwb
  lindi check --data recording.nwb.lindi.json
)";

struct check_options {
    file_options input{};
    bool data = false;
};

class checker {
public:
    checker(open_file& from, bool data, environment& env)
        : from_(from), data_(data), env_(env), progress_(env),
          paths_(node::first_paths(from.graph(), node::walk_order::by_name))
    {}

    int run()
    {
        for (auto const& problem : node::all_problems(from_.graph()))
            tell(problem);
        auto const& objects = from_.graph().objects;
        for (node::object_id id = 0; id < objects.size(); ++id) {
            auto const* const data = objects[id].dataset.get();
            if (data == nullptr || data->unreadable)
                continue;  // a problem of its object
            ++datasets_;
            progress_.show(datasets_, "datasets");
            auto const done = check(*data);
            if (interrupt_guard::received() != 0)
                return exit_signal + interrupt_guard::received();
            if (!done)
                tell(paths_[id] + ": " + done.error().message());
        }
        progress_.clear();
        env_.out << datasets_ << " datasets, " << chunks_ << " chunks, ";
        if (data_)
            env_.out << elements_ << " elements decoded, ";
        env_.out << problems_ << " problems\n";
        return problems_ == 0 ? exit_ok : exit_problems;
    }

private:
    void tell(std::string const& problem)
    {
        ++problems_;
        progress_.clear();
        env_.err << command << ": " << one_line(from_.graph().file.name + ": " + problem) << '\n';
    }

    result<void> check(node::dataset const& data)
    {
        if (data.chunks)
            chunks_ += data.chunks->count();
        if (data.link)
            if (auto const opened = data.link->open(); !opened)
                return opened.error();
        if (data.decoder && data.chunks)
            if (auto const done = check_places(data); !done)
                return done;
        return data_ ? read_all(data) : result<void>();
    }

    /// Reads the last byte of each chunk: documents can say anything of other files.
    result<void> check_places(node::dataset const& data)
    {
        constexpr std::size_t batch = 4096;
        std::vector<io::byte_range> last;
        result<void> done;
        data.chunks->for_each([&](std::uint64_t, node::stored_chunk const& chunk) {
            auto size = result<std::uint64_t>(chunk.size);
            if (chunk.size == node::chunk_decoder::whole_file)
                size = data.decoder->size_of(chunk);
            if (!size) {
                done = done ? result<void>(size.error()) : done;
                return;
            }
            if (*size != 0)
                last.push_back({chunk.offset + *size - 1, 1});
            if (last.size() == batch && done)
                done = read_each(std::exchange(last, {}));
        });
        return done ? read_each(std::move(last)) : done;
    }

    result<void> read_each(std::vector<io::byte_range> ranges)
    {
        for (auto const& answer : from_.reader().run(from_.reader().read_each(std::move(ranges))))
            if (!answer)
                return answer.error().within("chunk");
        return {};
    }

    result<void> read_all(node::dataset const& data)
    {
        constexpr std::uint64_t piece_bytes = 32 * 1024 * 1024;
        if (data.space.what == hdf5::dataspace::kind::null)
            return {};
        array::piece_list pieces(
            array::whole(data.space.extents),
            std::max<std::uint64_t>(piece_bytes / data.type->size, 1),
            data.chunking.shape
        );
        auto& reader = from_.reader();
        while (auto const piece = pieces.next()) {
            auto const elements = reader.run(array::read_piece(from_.file(), data, *piece));
            if (!elements)
                return elements.error();
            auto const heaps = reader.run(node::load_heaps(from_.file(), data.type, *elements));
            if (!heaps)
                return heaps;
            if (auto const decoded = decode(data, *elements); !decoded)
                return decoded;
            elements_ += array::element_count(*piece);
        }
        return {};
    }

    /// What elements point to has to be there.
    result<void> decode(node::dataset const& data, std::span<std::byte const> elements)
    {
        if (!data.type->needs_heap())
            return {};
        for (std::size_t at = 0; at < elements.size(); at += data.type->size) {
            if (auto const time = from_.file().budget().check_time(); !time)
                return time;
            auto const element = elements.subspan(at, data.type->size);
            if (auto const value = node::decode_value(*data.type, element, from_.graph()); !value)
                return value.error();
        }
        return {};
    }

    open_file& from_;
    bool data_;
    environment& env_;
    progress_line progress_;
    std::vector<std::string> paths_;
    std::uint64_t datasets_ = 0;
    std::uint64_t chunks_ = 0;
    std::uint64_t elements_ = 0;
    std::uint64_t problems_ = 0;
};

}  // namespace

int check_command(arguments args, environment& env)
{
    check_options options;
    command_line app("Finds out whether a file is sound.", command);
    add_file_options(app, options.input);
    app.flag("--data", options.data, "decode all data");
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    return with_file(command, options.input, env, {}, [&](open_file& from) {
        interrupt_guard guard;
        guard.watch(from.reader());
        if (auto* const client = from.client())
            guard.watch(*client);
        return checker(from, options.data, env).run();
    });
}

}  // namespace lindi::tools
