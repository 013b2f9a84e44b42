// Keeps and finds values in the cache as the readers of remote files do, for tools/bench/run:
//   bench-cache put|get FOLDER VALUE COUNT NUMBER [WAVE]
//   bench-cache plain-put|plain-get FILE VALUE COUNT NUMBER    bytes to and from a file, nothing
//   else
// Values are the bytes of the file VALUE, at COUNT places of a content that belongs to NUMBER.
// `put` keeps one after the other, `get` fails where one is missing.

#include "stopwatch.hpp"

#include <lindi/cache/store.hpp>

#include <zlib.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace lindi;

bytes read_value(char const* path)
{
    std::ifstream file(path, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    auto const read = as_bytes(text);
    return {read.begin(), read.end()};
}

std::string facts(std::uint64_t count, std::span<std::byte const> last)
{
    auto const crc = ::crc32_z(0, reinterpret_cast<Bytef const*>(last.data()), last.size());
    return "\"values\": " + std::to_string(count) + ", \"crc32\": " + std::to_string(crc);
}

/// \return the value
std::optional<bytes> keep_all(
    cache::store& in,
    cache::content_key const& content,
    bytes const& value,
    std::uint64_t count,
    std::uint64_t wave
)
{
    std::vector<block> waiting;
    for (std::uint64_t i = 0; i < count; ++i) {
        waiting.push_back({nullptr, {value, i * value.size()}});
        if (waiting.size() < wave && i + 1 < count)
            continue;
        in.keep(content, waiting);
        waiting.clear();
    }
    return value;
}

/// \return the last value; or nothing when one is missing
std::optional<bytes> find_all(
    cache::store const& in,
    cache::content_key const& content,
    std::uint64_t size,
    std::uint64_t count
)
{
    bytes last;
    for (std::uint64_t i = 0; i < count; ++i) {
        auto const found = in.find(content, {i * size, size});
        if (!found)
            return std::nullopt;
        if (i + 1 == count)
            last.assign(found->view.bytes.begin(), found->view.bytes.end());
    }
    return last;
}

int use_plain_file(bool is_put, char const* name, bytes value, std::uint64_t count)
{
    bench::stopwatch watch;
    auto const mode = std::ios::binary | (is_put ? std::ios::out | std::ios::trunc : std::ios::in);
    std::fstream file(name, mode);
    auto* const data = reinterpret_cast<char*>(value.data());
    auto const size = static_cast<std::streamsize>(value.size());
    for (std::uint64_t i = 0; i < count; ++i)
        if (is_put)
            file.write(data, size);
        else
            file.read(data, size);
    file.flush();
    if (!file)
        return bench::failed("reading or writing failed");
    watch.stop();
    watch.print(facts(count, value));
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 6)
        return 2;
    std::string const mode = argv[1];
    bool const is_put = mode.ends_with("put");
    auto const value = read_value(argv[3]);
    if (mode.starts_with("plain-"))
        return use_plain_file(is_put, argv[2], value, std::stoull(argv[4]));
    std::uint64_t const size = value.size(), count = std::stoull(argv[4]);
    cache::content_key const content{std::string("https://example.org/") + argv[5]};

    std::uint64_t const wave = argc > 6 ? std::stoull(argv[6]) : 1;
    bench::stopwatch watch;
    auto const opened = cache::store::open(argv[2], {});
    if (!opened)
        return bench::failed(opened.error().message());
    auto const last = is_put ? keep_all(**opened, content, value, count, wave)
                             : find_all(**opened, content, size, count);
    if (!last)
        return bench::failed("a value is not there");
    watch.stop();
    watch.print(facts(count, *last));
    return 0;
}
