// Changes a LINDI file key by key, for test/interop/test_writing_store.py:
//   edit_store FILE MODE     with h5py's names of modes; commands on standard input, a line each:
//     json KEY JSON | bytes KEY PATH | reference KEY URL OFFSET SIZE | erase KEY | flush
// Fields are separated by tabs. Ends with a flush unless the last command is `drop`.

#include <lindi/edit/reference_store.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace lindi;
using edit::open_mode;
using edit::reference_store;

std::vector<std::string> fields_of(std::string const& line)
{
    std::vector<std::string> out;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, '\t');)
        out.push_back(field);
    return out;
}

result<void> run(reference_store& store, std::vector<std::string> const& words)
{
    auto const& what = words.at(0);
    if (what == "json")
        return store.put_json(words.at(1), words.at(2));
    if (what == "bytes") {
        std::ifstream file(words.at(2), std::ios::binary);
        std::string const content{std::istreambuf_iterator<char>(file), {}};
        return store.put_bytes(words.at(1), as_bytes(content));
    }
    if (what == "reference")
        return store.put_reference(
            words.at(1), words.at(2), std::stoull(words.at(3)), std::stoull(words.at(4))
        );
    if (what == "erase") {
        auto const erased = store.erase_all(words.at(1));
        return erased ? result<void>() : erased.error();
    }
    return store.flush();
}

}  // namespace

int main(int argc, char** argv)
{
    static std::map<std::string, open_mode> const modes{
        {"r+", open_mode::read_write},
        {"w", open_mode::create},
        {"x", open_mode::create_new},
        {"a", open_mode::append}};
    if (argc != 3 || !modes.contains(argv[2]))
        return 1;
    edit::store_options options;
    options.warn = [](std::string const& text) { std::cerr << "warning: " << text << '\n'; };
    auto store = reference_store::open(argv[1], modes.at(argv[2]), std::move(options));
    auto done = store ? result<void>() : result<void>(store.error());
    bool drop = false;
    for (std::string line; done && std::getline(std::cin, line);) {
        drop = line == "drop";
        if (!drop)
            done = run(**store, fields_of(line));
    }
    if (done && !drop)
        done = (*store)->flush();
    if (!done)
        std::cerr << done.error().message() << '\n';
    return done ? 0 : 2;
}
