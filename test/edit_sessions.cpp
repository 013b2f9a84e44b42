// Random changes to LINDI files next to a model in memory: edit-sessions CHANGES [SEED]
#include "edit/edit_session.hpp"
#include "scratch_folder.hpp"

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv)
{
    auto const total = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2000;
    auto const first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
    constexpr std::uint64_t of_one_session = 500;
    std::uint64_t seed = first;
    for (std::uint64_t done = 0; done < total; done += of_one_session, ++seed) {
        lindi::test::scratch_folder const folder;
        constexpr char const* ends[] = {".json", ".tar", ".d"};
        lindi::test::edit_session session(
            folder.file(std::string("x.lindi") + ends[seed % 3]), seed
        );
        auto const wrong = session.run(of_one_session);
        if (wrong.empty())
            continue;
        std::cerr << "seed " << seed << ": " << wrong << '\n';
        return 1;
    }
    std::cout << total << " changes in " << seed - first << " sessions, 0 differences\n";
}
