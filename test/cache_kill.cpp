// Processes that share one cache are killed at random moments, round after round:
//   cache_kill [ROUNDS]
// Fails when one of them ever reads a wrong byte, or when the cache cannot be opened as it was
// left.

#include "known_content.hpp"
#include "scratch_folder.hpp"

#include <lindi/cache/store.hpp>

#include <csignal>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace lindi;
using io::byte_range;

constexpr int processes = 8;
constexpr unsigned contents = 5;
constexpr std::uint64_t file_size = 1'000'000;
constexpr std::uint64_t limit = 2'000'000;

test::known_content content_of(unsigned number)
{
    return {number, true};
}

cache::store_options options(bool& set_aside)
{
    cache::store_options out;
    out.limit = limit;
    out.warn = [&set_aside](std::string const& text) {
        std::fprintf(stderr, "%s\n", text.c_str());
        set_aside = true;
    };
    return out;
}

enum exit_code : int { wrong_byte = 1, unreadable = 2 };

/// Reads, keeps, prunes and verifies until it is killed.
[[noreturn]] void work(std::string const& folder, unsigned seed)
{
    bool set_aside = false;
    auto const in = cache::store::open(folder, options(set_aside));
    if (!in || set_aside)
        ::_exit(unreadable);
    std::mt19937 random(seed);
    for (;;) {
        auto const content = static_cast<unsigned>(random() % contents);
        byte_range const range{random() % file_size, 1 + random() % 100'000};
        if (auto const found = (*in)->find(content_of(content).key(), range);
            found && !content_of(content).is(*found, range))
            ::_exit(wrong_byte);
        (*in)->keep(content_of(content).key(), content_of(content).make(range));
        auto const chance = random() % 200;
        if (chance == 0)
            static_cast<void>((*in)->prune(limit / 2));
        else if (chance == 1)
            static_cast<void>((*in)->remove(content_of(content).key()));
        else if (chance == 2 && !(*in)->verify())
            ::_exit(unreadable);
    }
}

/// \return how many left on their own
int play_round(std::string const& folder, std::mt19937& random)
{
    std::vector<pid_t> children;
    for (int i = 0; i < processes; ++i) {
        auto const seed = static_cast<unsigned>(random());
        auto const child = ::fork();
        if (child == 0)
            work(folder, seed);
        children.push_back(child);
    }
    int failures = 0;
    for (auto const child : children) {
        ::usleep(static_cast<useconds_t>(random() % 20'000));
        ::kill(child, SIGKILL);
    }
    for (auto const child : children) {
        int status = 0;
        ::waitpid(child, &status, 0);
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
            continue;
        ++failures;
        std::fprintf(stderr, "a process ended with status %d\n", status);
    }
    return failures;
}

/// Whether all that is left is right.
bool is_sound(std::string const& folder, std::uint64_t& found_bytes)
{
    bool set_aside = false;
    auto const in = cache::store::open(folder, options(set_aside));
    if (!in || set_aside || (*in)->totals().bytes > limit)
        return false;
    for (unsigned content = 0; content < contents; ++content) {
        for (std::uint64_t at = 0; at < file_size; at += 5000) {
            byte_range const range{at, 100};
            auto const found = (*in)->find(content_of(content).key(), range);
            if (found && !content_of(content).is(*found, range))
                return false;
            found_bytes += found ? range.size : 0;
        }
    }
    auto const counted = (*in)->totals();
    auto const checked = (*in)->verify();
    return checked && checked->damaged == 0 && checked->bytes == counted.bytes;
}

}  // namespace

int main(int argc, char** argv)
{
    constexpr int few = 12;
    int const rounds = argc > 1 ? std::stoi(argv[1]) : few;
    test::scratch_folder const folder;
    std::mt19937 random(std::random_device{}());
    int failures = 0;
    std::uint64_t found_bytes = 0;
    for (int round = 0; round < rounds; ++round) {
        failures += play_round(folder.path().string(), random);
        if (!is_sound(folder.path().string(), found_bytes)) {
            std::fprintf(stderr, "round %d: the cache is not sound\n", round);
            ++failures;
        }
    }
    std::printf(
        "%d rounds of %d processes, %d failures, %llu cached bytes compared at the ends\n",
        rounds,
        processes,
        failures,
        static_cast<unsigned long long>(found_bytes)
    );
    return failures == 0 && found_bytes != 0 ? 0 : 1;
}
