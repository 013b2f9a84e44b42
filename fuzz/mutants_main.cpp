// Reads mutants of HDF5 files, each in a process of its own, and reports what no file may do to a
// reader: crash, take too long, take too much memory, fail without saying where.
//
// usage: mutants [--per-file N] [--first-seed N] [--seconds S] [--mib M] FILE...

#include "mutator.hpp"

#include <lindi/io/memory_source.hpp>
#include <lindi/lindi/index_file.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/node/value.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace lindi;

struct settings {
    unsigned per_file = 200;
    unsigned first_seed = 0;
    double seconds = 1;
    long mib = 256;
    std::vector<std::string> files;
};

struct counts {
    unsigned long inputs = 0, crashes = 0, timeouts = 0, over_memory = 0, unnamed = 0;
};

constexpr int exit_unnamed = 40;

bool is_named(error const& e)
{
    return !e.structure().empty();
}

bool all_named(node::graph const& g)
{
    for (auto const& problem : g.problems)
        if (!is_named(problem))
            return false;
    for (auto const& object : g.objects)
        for (auto const& problem : object.problems)
            if (!is_named(problem))
                return false;
    return true;
}

/// Everything a user may ask of a file: structure, names, attribute values, the LINDI document.
/// \return the exit status of the child
int read_everything(bytes input)
{
    io::memory_source source("mutant", std::move(input));
    budget left{limits{}};
    io::reader reader(source, left);
    auto const codecs = codec::built_in_filters();
    node::file f(reader, codecs);
    rfs::export_options options;
    options.url = "https://example.org/mutant.h5";
    auto const done =
        reader.run(rfs::index_file(f, options, [](std::string_view) { return result<void>(); }));
    if (!done)
        return is_named(done.error()) ? 0 : exit_unnamed;
    for (auto const& object : f.contents.objects)
        for (auto const& attribute : object.attributes)
            for (std::size_t at = 0; at + attribute.type->size <= attribute.value.size();
                 at += attribute.type->size)
                (void)node::decode_value(
                    *attribute.type, std::span(attribute.value).subspan(at), f.contents
                );
    (void)node::all_problems(f.contents);
    return all_named(f.contents) ? 0 : exit_unnamed;
}

/// Runs one mutant in a child. The time limit is of processor time, so that a busy machine does not
/// matter.
void run_one(bytes input, settings const& set, std::string const& name, counts& total)
{
    auto const child = fork();
    if (child == 0) {
        rlimit const time{
            static_cast<rlim_t>(set.seconds * 10 + 1), static_cast<rlim_t>(set.seconds * 10 + 1)};
        setrlimit(RLIMIT_CPU, &time);
        _exit(read_everything(std::move(input)));
    }
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    auto const seconds = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    ++total.inputs;
    bool const stopped = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;
    bool const crashed =
        !stopped &&
        (!WIFEXITED(status) || (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != exit_unnamed));
    bool const unnamed = WIFEXITED(status) && WEXITSTATUS(status) == exit_unnamed;
    bool const late = stopped || seconds > set.seconds;
    bool const fat = used.ru_maxrss > set.mib * 1024;
    total.crashes += crashed;
    total.timeouts += late;
    total.over_memory += fat;
    total.unnamed += unnamed;
    if (crashed || late || fat || unnamed)
        std::printf(
            "%s:%s%s%s%s (%.2f s, %ld MiB)\n",
            name.c_str(),
            crashed ? " CRASH" : "",
            late ? " LATE" : "",
            fat ? " MEMORY" : "",
            unnamed ? " UNNAMED" : "",
            seconds,
            used.ru_maxrss / 1024
        );
}

bytes read_file(std::string const& path)
{
    std::ifstream in(path, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    auto const all = as_bytes(text);
    return {all.begin(), all.end()};
}

settings parse(int argc, char** argv)
{
    settings out;
    for (int i = 1; i < argc; ++i) {
        std::string const arg = argv[i];
        bool const has_value = i + 1 < argc;
        if (arg == "--per-file" && has_value)
            out.per_file = static_cast<unsigned>(std::strtoul(argv[++i], nullptr, 10));
        else if (arg == "--first-seed" && has_value)
            out.first_seed = static_cast<unsigned>(std::strtoul(argv[++i], nullptr, 10));
        else if (arg == "--seconds" && has_value)
            out.seconds = std::strtod(argv[++i], nullptr);
        else if (arg == "--mib" && has_value)
            out.mib = std::strtol(argv[++i], nullptr, 10);
        else
            out.files.push_back(arg);
    }
    return out;
}

}  // namespace

int main(int argc, char** argv)
{
    auto const set = parse(argc, argv);
    counts total;
    for (auto const& path : set.files) {
        fuzz::mutator const source(read_file(path));
        for (unsigned i = 0; i < set.per_file; ++i) {
            std::string what;
            auto const seed = set.first_seed + i;
            auto input = source.mutant(seed, what);
            run_one(std::move(input), set, path + " seed " + std::to_string(seed) + what, total);
        }
    }
    std::printf(
        "%lu mutants, %lu crashes, %lu late, %lu over memory, %lu unnamed errors\n",
        total.inputs,
        total.crashes,
        total.timeouts,
        total.over_memory,
        total.unnamed
    );
    bool const fine = total.crashes + total.timeouts + total.over_memory + total.unnamed == 0;
    return total.inputs != 0 && fine ? 0 : 1;
}
