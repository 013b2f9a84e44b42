// Measures writing, not a test:
//   edit_speed FOLDER [MIB]
// Writes that many chunks of 1 MiB to a plain file and to a tar, each synced at the end, in turn;
// then opens a tar with a document of 100,000 keys, changes one of them, and compares with reading
// and parsing that document.

#include <lindi/edit/reference_store.hpp>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace lindi;
using edit::open_mode;
using edit::reference_store;

constexpr std::size_t chunk_size = std::size_t{1} << 20;

template <class Work>
double seconds(Work work)
{
    auto const start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void need(result<void> const& done)
{
    if (!done)
        throw std::runtime_error(done.error().message());
}

lindi::bytes noise()
{
    std::mt19937_64 random(1);
    lindi::bytes out(chunk_size);
    for (auto& b : out)
        b = static_cast<std::byte>(random());
    return out;
}

void write_plain(std::string const& path, lindi::bytes const& chunk, int count)
{
    int const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0644);
    for (int i = 0; i < count; ++i)
        if (::write(file, chunk.data(), chunk.size()) != static_cast<ssize_t>(chunk.size()))
            throw std::runtime_error("a short write");
    if (::fdatasync(file) != 0)
        throw std::runtime_error("a sync that failed");
    ::close(file);
}

void write_tar(std::string const& path, lindi::bytes const& chunk, int count)
{
    auto const store = reference_store::open(path, open_mode::create).value();
    for (int i = 0; i < count; ++i)
        need(store->put_bytes("a/" + std::to_string(i), chunk));
    need(store->flush());
}

long peak_mib()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

void compare_writing(std::string const& folder, int count)
{
    auto const chunk = noise();
    double plain = 1e9;
    double tar = 1e9;
    for (int round = 0; round < 3; ++round) {
        auto const a = seconds([&] { write_plain(folder + "/plain", chunk, count); });
        std::filesystem::remove(folder + "/plain");
        auto const b = seconds([&] { write_tar(folder + "/x.lindi.tar", chunk, count); });
        std::filesystem::remove(folder + "/x.lindi.tar");
        std::printf("%d MiB: plain %.2f s, tar %.2f s\n", count, a, b);
        plain = std::min(plain, a);
        tar = std::min(tar, b);
    }
    std::printf(
        "best: plain %.0f MiB/s, tar %.0f MiB/s, ratio %.2f; peak memory %ld MiB\n",
        count / plain,
        count / tar,
        plain / tar,
        peak_mib()
    );
}

void make_large_document(std::string const& path)
{
    auto const store = reference_store::open(path, open_mode::create).value();
    for (int i = 0; i < 100'000; ++i)
        need(store->put_reference(
            "acquisition/series/data/" + std::to_string(i) + ".0",
            "https://example.org/files/recording.nwb",
            static_cast<std::uint64_t>(i) * 50'000,
            50'000
        ));
    need(store->flush());
}

/// What reading the document costs anybody.
double read_and_parse(std::string const& json)
{
    return seconds([&] {
        std::ifstream file(json, std::ios::binary);
        auto const text = std::make_shared<std::string>(std::filesystem::file_size(json), '\0');
        file.read(text->data(), static_cast<std::streamsize>(text->size()));
        budget enough{limits{}};
        rfs::reference_document::parse({text, {as_bytes(*text), 0}}, enough).value();
    });
}

void compare_opening(std::string const& folder)
{
    auto const tar = folder + "/x.lindi.tar";
    auto const json = folder + "/x.lindi.json";
    make_large_document(tar);
    make_large_document(json);
    for (int round = 0; round < 3; ++round) {
        auto const parse = read_and_parse(json);
        std::unique_ptr<reference_store> store;
        auto const open =
            seconds([&] { store = reference_store::open(tar, open_mode::read_write).value(); });
        auto const change = seconds([&] { need(store->put_json(".zattrs", "{\"a\": 1}")); });
        auto const flush = seconds([&] { need(store->flush()); });
        std::printf(
            "100,000 keys, %ju bytes: read and parse %.1f ms; open %.1f ms, change %.3f ms, "
            "flush %.1f ms\n",
            std::filesystem::file_size(json),
            parse * 1e3,
            open * 1e3,
            change * 1e3,
            flush * 1e3
        );
    }
    std::filesystem::remove(tar);
    std::filesystem::remove(json);
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2)
        return 1;
    compare_writing(argv[1], argc > 2 ? std::stoi(argv[2]) : 1024);
    compare_opening(argv[1]);
}
