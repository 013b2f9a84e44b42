// A scripted session on a simulated disk, once for each of its writes, syncs and renames, and each
// thing that may happen there:
//   edit_faults [ROUNDS]
// The call fails, the process is killed at it, or the power is cut, ROUNDS times with other bytes
// lost. Fails when the file is then anything but one of the states round the last flush.

#include "store_session.hpp"

#include <cstdio>
#include <string>

namespace {

using namespace lindi;
using edit::open_mode;

constexpr char const* paths[] = {"/disk/x.lindi.json", "/disk/x.lindi.tar", "/disk/x.lindi.d"};

/// Everything a store can do, from no file to one that was written anew.
void play(test::store_session& on)
{
    on.open(open_mode::create_new);
    on.put_json("g/.zgroup", R"({"zarr_format": 2})");
    on.put_bytes("g/a/0", 3000, 1);
    on.put_bytes("g/a/1", 100, 2);
    on.flush();
    on.put_bytes("g/a/0", 5000, 3);
    on.put_bytes("g/long name/" + std::string(120, 'x') + "/0", 1700, 4);
    on.put_reference("g/a/2", 512);
    on.flush();
    on.erase("g/a/1");
    on.flush();
    on.put_bytes("dropped/0", 2000, 5);
    on.close();

    on.open(open_mode::read_write);
    on.put_json(".zattrs", R"({"a": [1, 2, 3]})");
    on.flush();
    on.copy("g/a/0", "h/0");
    on.put_bytes("g/a/0", 1000, 6);
    on.put_bytes("g/a/0", 999, 7);
    on.flush();
    on.erase_all("g/");
    on.put_bytes("g/a/0", 2500, 8);
    on.flush();
    on.pack();
    on.put_bytes("g/a/1", 2500, 11);
    on.pack();
    on.put_bytes("g/a/1", 2600, 12);
    on.flush();

    on.open(open_mode::create);
    on.put_bytes("new/0", 4000, 9);
    on.flush();
    on.put_bytes("new/1", 1024, 10);
    on.flush();
    on.close();
}

enum class fault { fails, killed, power };

struct tally {
    unsigned long long cuts = 0;
    unsigned long long failures = 0;
};

std::unique_ptr<test::simulated_disk> new_disk(unsigned seed)
{
    return std::make_unique<test::simulated_disk>(seed);
}

std::uint64_t count_calls(char const* path)
{
    test::store_session on(new_disk(1), path);
    play(on);
    return on.disk().calls();
}

/// Whether the file is sound after the fault, and can be worked on.
bool survives(char const* path, std::uint64_t call, fault what, unsigned seed, std::string& why)
{
    test::store_session on(new_disk(seed), path);
    if (what == fault::fails)
        on.disk().fail_at(call);
    else
        on.disk().stop_at(call);
    play(on);
    if (what == fault::power || (what == fault::fails && seed % 2 == 0))
        on.cut_power(seed);
    else
        on.kill();
    bool sound = on.is_sound();
    if (sound) {
        on.open(open_mode::append);
        on.put_bytes("afterwards/0", 1500, seed);
        on.flush();
        on.cut_power(seed);
        sound = on.is_sound() && on.model() && on.model()->contains("afterwards/0");
    }
    why = on.complaint();
    return sound;
}

void try_call(char const* path, std::uint64_t call, unsigned rounds, tally& out)
{
    static constexpr fault faults[] = {fault::fails, fault::killed, fault::power};
    static constexpr char const* words[] = {
        "fails", "is the last", "is the last before a power cut"};
    for (auto const what : faults) {
        for (unsigned seed = 1; seed <= rounds; ++seed) {
            ++out.cuts;
            std::string why;
            if (survives(path, call, what, seed, why))
                continue;
            ++out.failures;
            std::fprintf(
                stderr,
                "%s: call %llu %s (seed %u): %s\n",
                path,
                static_cast<unsigned long long>(call),
                words[static_cast<int>(what)],
                seed,
                why.c_str()
            );
        }
    }
}

}  // namespace

int main(int argc, char** argv)
{
    constexpr unsigned few = 4;
    auto const rounds = argc > 1 ? static_cast<unsigned>(std::stoul(argv[1])) : few;
    tally all;
    for (auto const* const path : paths) {
        auto const calls = count_calls(path);
        for (std::uint64_t call = 1; call <= calls; ++call)
            try_call(path, call, rounds, all);
        std::printf("%s: %llu calls\n", path, static_cast<unsigned long long>(calls));
    }
    std::printf("%llu cuts, %llu failures\n", all.cuts, all.failures);
    return all.failures == 0 && all.cuts != 0 ? 0 : 1;
}
