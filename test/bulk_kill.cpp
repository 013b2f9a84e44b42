// A bulk job that is killed at random moments, again and again:
//   bulk_kill [KILLS] [ASSETS]
// Fails when anything is lost or wrong at the end, or when a blob that was done is indexed again.

#include "dandi_archive.hpp"
#include "mapped_file.hpp"
#include "scratch_folder.hpp"

#include <lindi/bulk/run.hpp>
#include <lindi/bulk/summary.hpp>
#include <lindi/dandi/archive.hpp>
#include <lindi/net/client_thread.hpp>

#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <sstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace lindi;

/// One run, in a process of its own. A line on standard output for each blob that is done.
int work(std::string const& api, std::string const& bucket, std::string const& folder)
{
    net::client_options options;
    options.retry.first_delay = net::milliseconds(1);
    options.retry.longest_delay = net::milliseconds(10);
    auto const client = net::client_thread::start(options);
    auto const in = bulk::journal::open(folder + "/journal");
    if (!client || !in || !bulk::settle_interrupted(**in))
        return 2;
    auto const source = dandi::archive_of(
        {"dandi", api, bucket}, {.version = "draft"}, dandi::documents_of(*client)
    );
    auto const stop = [] { return false; };
    auto const listed = bulk::take_listing(**in, *source, {}, 2, stop, [](std::uint64_t) {});
    if (!listed || !listed->problems.empty())
        return 3;
    bulk::run_options how;
    how.at_once = 4;
    how.first_delay = std::chrono::milliseconds(1);
    auto plan = bulk::make_plan(**in, how.indexing.recipe(), bulk::unit_order::fair);
    auto const output = bulk::folder_output(folder + "/out");
    auto const layout = bulk::output_layout::usual("dandi");
    auto const done = bulk::run(
        {**in, *output, layout, client->get(), folder + "/spool"},
        std::move(plan.units),
        how,
        stop,
        [](bulk::run_event const& event) {
            if (event.is == bulk::run_event::what::done)
                std::cout << event.blob << std::endl;
        }
    );
    return done ? 0 : 4;
}

/// A run as a child, its lines appended to a file.
class child {
public:
    child(char* self, test::dandi_archive const& archive, std::string const& folder)
    {
        std::array<std::string, 5> words = {self, "work", archive.api(), archive.bucket(), folder};
        std::array<char*, 6> arguments{};
        for (std::size_t i = 0; i < words.size(); ++i)
            arguments[i] = words[i].data();
        auto const lines = folder + "/lines";
        posix_spawn_file_actions_t actions{};
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(
            &actions, STDOUT_FILENO, lines.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600
        );
        posix_spawn(&pid_, self, &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
    }

    /// \return its status, when it ended before; nothing when it was killed
    std::optional<int> kill_after(unsigned microseconds) const
    {
        ::usleep(microseconds);
        ::kill(pid_, SIGKILL);
        return wait();
    }
    std::optional<int> wait() const
    {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
    }

private:
    pid_t pid_ = 0;
};

struct end_state {
    std::size_t documents = 0;
    std::size_t bad = 0;
    std::size_t done = 0;      ///< blobs that said so
    std::size_t repeated = 0;  ///< more often than once
};

end_state look(std::string const& folder)
{
    end_state out;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder + "/out")) {
        if (entry.path().filename() != "nwb.lindi.json")
            continue;
        ++out.documents;
        std::ifstream file(entry.path());
        std::string const text{std::istreambuf_iterator<char>(file), {}};
        auto const id = entry.path().parent_path().filename().string();
        bool const is_whole = text.ends_with("}\n}\n") &&
                              text.find("\"assetId\":\"" + id + "\"") != std::string::npos;
        out.bad += is_whole ? 0 : 1;
    }
    std::ifstream lines(folder + "/lines");
    std::set<std::string> seen;
    for (std::string line; std::getline(lines, line);) {
        ++out.done;
        out.repeated += seen.insert(line).second ? 0 : 1;
    }
    return out;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc == 5 && std::string(argv[1]) == "work")
        return work(argv[2], argv[3], argv[4]);
    int const kills = argc > 1 ? std::stoi(argv[1]) : 12;
    std::size_t const assets = argc > 2 ? std::stoul(argv[2]) : 200;
    test::scratch_folder const folder;
    test::mapped_file const file(TEST_DATA "/sample.nwb");
    auto made = test::make_archive({.assets = assets, .shares = true}, file.content());
    auto const blobs = made.blobs.size();
    test::dandi_archive const archive(
        {.latency = std::chrono::milliseconds(2), .failing = 0.03, .forgets = true},
        std::move(made.dandisets),
        std::move(made.blobs)
    );
    std::mt19937 random(std::random_device{}());
    int killed = 0;
    int failures = 0;
    for (int i = 0; i < kills; ++i) {
        child const run(argv[0], archive, folder.path().string());
        auto const status = run.kill_after(static_cast<unsigned>(random() % 150'000));
        killed += status ? 0 : 1;
        failures += status && *status != 0 ? 1 : 0;
    }
    auto const last = child(argv[0], archive, folder.path().string()).wait();
    auto const end = look(folder.path().string());
    std::printf(
        "%d runs killed, %zu of %zu documents, %zu not whole; %zu blobs, %zu done, %zu again\n",
        killed,
        end.documents,
        assets,
        end.bad,
        blobs,
        end.done,
        end.repeated
    );
    bool const is_right =
        last == 0 && failures == 0 && end.documents == assets && end.bad == 0 && end.repeated == 0;
    return is_right ? 0 : 1;
}
