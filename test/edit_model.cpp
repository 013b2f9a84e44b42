// Random changes to LINDI files on a simulated disk next to a map that says what has to be in them:
//   edit_model [OPERATIONS] [SEED]
// Each form in turn, a new file every 1000 operations.
// Now and then the file is opened again, the process is killed, the power is cut, or a call fails.
// Fails when file and map ever differ.

#include "store_session.hpp"

#include <cstdio>
#include <string>

namespace {

using namespace lindi;
using edit::open_mode;

constexpr char const* paths[] = {"/disk/x.lindi.json", "/disk/x.lindi.tar", "/disk/x.lindi.d"};

class player {
public:
    player(char const* path, unsigned seed)
        : random_(seed), on_(std::make_unique<test::simulated_disk>(seed), path)
    {
        on_.open(open_mode::create);
        on_.flush();
    }

    /// One operation, and sometimes an accident. \return whether file and map agree
    bool play()
    {
        auto const chance = random_() % 1000;
        if (chance < 960)
            change();
        else if (chance < 983)
            on_.flush();
        else if (chance < 985)
            on_.pack();
        else if (chance < 990)
            on_.disk().fail_at(on_.disk().calls() + 1 + random_() % 20);
        else
            return accident();
        // A store that failed in earnest has to be opened again.
        if (on_.store() == nullptr || on_.store()->put_json("probe", "{}").has_error())
            return reopen();
        return !on_.store()->erase("probe").has_error();
    }

    bool agrees() const { return on_.agrees(); }
    std::string const& complaint() const { return on_.complaint(); }

private:
    bool reopen()
    {
        if (!on_.is_sound())
            return false;
        on_.open(open_mode::append);
        return on_.agrees();
    }

    bool accident()
    {
        auto const seed = static_cast<unsigned>(random_());
        switch (random_() % 4) {
        case 0:
            on_.kill();
            break;
        case 1:
            on_.cut_power(seed);
            break;
        case 2:  // in the middle of writing
            on_.disk().stop_at(on_.disk().calls() + 1 + random_() % 12);
            change();
            on_.flush();
            if (random_() % 2 == 0)
                on_.kill();
            else
                on_.cut_power(seed);
            break;
        default:
            on_.close();
        }
        return reopen();
    }

    std::string any_key()
    {
        static constexpr char const* places[] = {"a/", "a/b/", "some where/", ""};
        return places[random_() % std::size(places)] + std::to_string(random_() % 30);
    }

    void change()
    {
        auto const seed = static_cast<unsigned>(random_());
        switch (random_() % 10) {
        case 0:
            return on_.put_json(any_key() + "/.zattrs", "{\"n\": " + std::to_string(seed) + "}");
        case 1:
            return on_.put_reference(any_key(), seed % 100'000);
        case 2:
            return on_.erase(any_key());
        case 3:
            return on_.copy(any_key(), any_key());
        case 4:
            if (seed % 20 == 0)
                on_.erase_all("a/");
            return;
        case 5:
        case 6:
            return on_.put_bytes(any_key(), seed % 100, seed);
        default:
            return on_.put_bytes(any_key(), 990 + seed % 3000, seed);
        }
    }

    std::mt19937 random_;
    test::store_session on_;
};

}  // namespace

int main(int argc, char** argv)
{
    constexpr unsigned few = 6'000;
    constexpr unsigned per_file = 1'000;  // a file only grows
    auto const operations = argc > 1 ? static_cast<unsigned>(std::stoul(argv[1])) : few;
    auto seed = argc > 2 ? static_cast<unsigned>(std::stoul(argv[2])) : 1U;
    int differences = 0;
    unsigned done = 0;
    for (std::size_t form = 0; done < operations; form = (form + 1) % std::size(paths), ++seed) {
        player one(paths[form], seed);
        for (unsigned i = 0; i < per_file; ++i, ++done) {
            if (one.play() && (i % 10 != 0 || one.agrees()))
                continue;
            ++differences;
            std::fprintf(
                stderr,
                "%s, seed %u, operation %u: %s\n",
                paths[form],
                seed,
                i,
                one.complaint().c_str()
            );
            break;
        }
    }
    std::printf("%u operations, %d differences\n", done, differences);
    return differences == 0 && done != 0 ? 0 : 1;
}
