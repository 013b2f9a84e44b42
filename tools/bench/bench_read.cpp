// Reads data as a program with our library does, for tools/bench/run:
//   bench-read read FILE DATASET [STEP]          all of it, or every STEP-th row
//   bench-read slices FILE DATASET [FOLDER]      rows that standard input names, FIRST LAST+1 a
//   line,
//                                                one after the other; FOLDER: with a cache
//   bench-read rows FILE                         the first row of every dataset
//   bench-read open FILE                         its structure, and how many members the root has
//   bench-read copy FILE COUNT OUT COUNT         reads and writes so many bytes, the least that a
//   program
//                                                can do; over and over where the file has fewer
// FILE is HDF5 or LINDI, a path or a URL.

#include "stopwatch.hpp"

#include <lindi/api/open.hpp>

#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>

namespace {

using namespace lindi;

struct elements {
    std::unique_ptr<std::byte[]> bytes{};
    std::size_t size = 0;
};

result<elements> read(dataset const& from, selection const& part)
{
    auto const shape = from.shape_of(part);
    if (!shape)
        return shape.error();
    std::uint64_t count = from.type().size;
    for (auto const extent : *shape)
        count *= extent;
    elements out;
    out.size = static_cast<std::size_t>(count);
    out.bytes = std::make_unique_for_overwrite<std::byte[]>(out.size);
    auto const done = from.read_raw({out.bytes.get(), out.size}, part);
    if (!done)
        return done.error();
    return out;
}

/// Bytes and their checksum, of all parts one behind the other.
class totals {
public:
    void add(elements const& part)
    {
        auto const* const bytes = reinterpret_cast<Bytef const*>(part.bytes.get());
        crc_ = ::crc32_z(crc_, bytes, part.size);
        size_ += part.size;
    }
    std::string text() const
    {
        return "\"bytes\": " + std::to_string(size_) + ", \"crc32\": " + std::to_string(crc_);
    }

private:
    uLong crc_ = 0;
    std::uint64_t size_ = 0;
};

int read_one(std::string const& name, std::string const& path, std::string const& step)
{
    bench::stopwatch watch;
    auto const file = open_file(name);
    auto const data = file ? file->root().dataset_at(path) : file.error();
    if (!data)
        return bench::failed(data.error().message());
    auto const part = read(*data, step == "1" ? selection{} : selection::index("::" + step));
    if (!part)
        return bench::failed(part.error().message());
    watch.stop();
    totals sum;
    sum.add(*part);
    watch.print(sum.text());
    return 0;
}

int read_slices(std::string const& name, std::string const& path, std::string const& cache)
{
    std::vector<std::string> wanted;
    for (std::string first, last; std::cin >> first >> last;)
        wanted.push_back(first + ":" + last);

    bench::stopwatch watch;
    open::tree_options options;
    if (!cache.empty())
        options.source.cache = cache::store::open(cache, {}).value();
    auto const file = open_file(name, {}, std::move(options));
    auto const data = file ? file->root().dataset_at(path) : file.error();
    if (!data)
        return bench::failed(data.error().message());
    std::vector<elements> parts;
    for (auto const& each : wanted) {
        auto part = read(*data, selection::index(each));
        if (!part)
            return bench::failed(part.error().message());
        parts.push_back(std::move(*part));
    }
    watch.stop();
    totals sum;
    for (auto const& part : parts)
        sum.add(part);
    watch.print(sum.text());
    return 0;
}

int read_first_rows(std::string const& name)
{
    bench::stopwatch watch;
    auto const file = open_file(name);
    if (!file)
        return bench::failed(file.error().message());
    std::map<std::string, elements> rows;  // by name, for the checksum
    std::string why;
    file->root().walk([&](object const& each) {
        auto const data = each.as_dataset();
        if (!data)
            return true;
        auto row = read(*data, selection::index(":1"));
        if (!row)
            why = row.error().message();
        else
            rows.emplace(data->path(), std::move(*row));
        return why.empty();
    });
    if (!why.empty())
        return bench::failed(why);
    watch.stop();
    totals sum;
    for (auto const& [path, row] : rows)
        sum.add(row);
    watch.print(sum.text());
    return 0;
}

int open_only(std::string const& name)
{
    bench::stopwatch watch;
    auto const file = open_file(name);
    if (!file)
        return bench::failed(file.error().message());
    auto const members = file->root().size();
    watch.stop();
    watch.print("\"members\": " + std::to_string(members));
    return 0;
}

int read_and_write(char const* from, std::uint64_t in, char const* to, std::uint64_t out)
{
    std::vector<char> buffer(std::size_t{1} << 20);
    auto const next = [&](std::uint64_t rest) {
        return static_cast<std::streamsize>(std::min<std::uint64_t>(rest, buffer.size()));
    };
    bench::stopwatch watch;
    std::ifstream source(from, std::ios::binary);
    while (in > 0 && source) {
        source.read(buffer.data(), next(in));
        in -= static_cast<std::uint64_t>(source.gcount());
        if (source.eof() && source.gcount() > 0)
            source.clear(), source.seekg(0);
    }
    std::ofstream sink(to, std::ios::binary | std::ios::trunc);
    for (; out > 0 && sink; out -= static_cast<std::uint64_t>(next(out)))
        sink.write(buffer.data(), next(out));
    sink.close();
    if (!sink || in > 0)
        return bench::failed("reading or writing failed");
    watch.stop();
    watch.print("");
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    auto const argument = [&](int i, char const* otherwise) {
        return std::string(i < argc ? argv[i] : otherwise);
    };
    auto const job = argument(1, "");
    if (job == "read" && argc > 3)
        return read_one(argv[2], argv[3], argument(4, "1"));
    if (job == "slices" && argc > 3)
        return read_slices(argv[2], argv[3], argument(4, ""));
    if (job == "rows" && argc > 2)
        return read_first_rows(argv[2]);
    if (job == "copy" && argc > 5)
        return read_and_write(argv[2], std::stoull(argv[3]), argv[4], std::stoull(argv[5]));
    if (job == "open" && argc > 2)
        return open_only(argv[2]);
    return 2;
}
