// Processes that change a LINDI file are killed at random moments, round after round:
//   edit_kill [ROUNDS]
// Fails when the file is then not as after the last flush that was finished, or the one under way.

#include "scratch_folder.hpp"

#include <lindi/edit/reference_store.hpp>

#include <csignal>
#include <cstdio>
#include <random>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace lindi;
using edit::open_mode;
using edit::reference_store;

constexpr char const* names[] = {"x.lindi.json", "x.lindi.tar", "x.lindi.d"};
constexpr unsigned keys = 8;

/// What a key holds after flush number `n`.
lindi::bytes content(unsigned key, unsigned n)
{
    std::mt19937 random(n * keys + key);
    lindi::bytes out(random() % 5000);
    for (auto& b : out)
        b = static_cast<std::byte>(random());
    return out;
}

std::string count_text(unsigned n)
{
    return "{\"n\": " + std::to_string(n) + "}";
}

/// Flushes state after state until it is killed, and tells of each that is done.
[[noreturn]] void work(std::string const& path, unsigned n, int told)
{
    auto const store = reference_store::open(path, open_mode::append);
    if (!store)
        ::_exit(1);
    for (;;) {
        ++n;
        bool done = (*store)->put_json(".zattrs", count_text(n)).has_value();
        for (unsigned key = 0; key < keys; ++key)
            done = done && (*store)->put_bytes("a/" + std::to_string(key), content(key, n));
        if (!done || !(n % 50 == 0 ? (*store)->pack() : (*store)->flush()))
            ::_exit(2);
        if (::write(told, &n, sizeof n) != sizeof n)
            ::_exit(3);
    }
}

/// Whether the file is as after flush number `n`.
bool is_state(reference_store const& store, unsigned n)
{
    auto const count = store.content(".zattrs");
    if (!count || as_text(*count) != count_text(n))
        return false;
    for (unsigned key = 0; key < keys; ++key) {
        auto const got = store.content("a/" + std::to_string(key));
        if (!got || *got != content(key, n))
            return false;
    }
    return true;
}

/// \param n  flushes so far; counted on
/// \return whether the file is as it may be
bool play_round(std::string const& path, unsigned& n, std::mt19937& random)
{
    int ends[2];
    if (::pipe(ends) != 0)
        return false;
    auto const child = ::fork();
    if (child == 0)
        work(path, n, ends[1]);
    ::close(ends[1]);
    ::usleep(static_cast<useconds_t>(random() % 40'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    while (::read(ends[0], &n, sizeof n) == sizeof n) {
    }
    ::close(ends[0]);
    if (!WIFSIGNALED(status))
        return false;
    auto const store = reference_store::open(path, open_mode::read);
    if (!store)
        return n == 0;
    n += is_state(**store, n) ? 0 : 1;
    return is_state(**store, n);
}

}  // namespace

int main(int argc, char** argv)
{
    constexpr int few = 20;
    int const rounds = argc > 1 ? std::stoi(argv[1]) : few;
    std::mt19937 random(std::random_device{}());
    int failures = 0;
    unsigned flushes = 0;
    for (auto const* const name : names) {
        test::scratch_folder const folder;
        unsigned n = 0;
        for (int round = 0; round < rounds && failures == 0; ++round)
            if (!play_round(folder.file(name), n, random)) {
                std::fprintf(stderr, "%s, round %d: not as after flush %u\n", name, round, n);
                ++failures;
            }
        flushes += n;
    }
    std::printf("%d rounds of each form, %u flushes, %d failures\n", rounds, flushes, failures);
    return failures == 0 && flushes != 0 ? 0 : 1;
}
