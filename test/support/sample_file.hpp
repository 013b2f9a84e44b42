/// \file
/// The committed HDF5 files of test/data/node and what libhdf5 says of them (make_files.py there).

#pragma once

#include <lindi/core/bytes.hpp>

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace lindi::test {

inline std::string read_text(std::string const& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline bytes sample_file(std::string const& name)
{
    auto const content = read_text(std::string(TEST_DATA) + "/node/" + name + ".h5");
    auto const view = as_bytes(content);
    return {view.begin(), view.end()};
}

/// One line: a kind, a path and what follows.
struct fact {
    std::string kind;
    std::string path;
    std::vector<std::string> values;

    std::uint64_t number(std::size_t i) const { return std::stoull(values.at(i)); }
};

inline std::vector<fact> facts_of(std::string const& name, std::string_view kind)
{
    std::istringstream lines(read_text(std::string(TEST_DATA) + "/node/" + name + ".truth"));
    std::vector<fact> out;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        fact f;
        words >> f.kind >> f.path;
        if (f.kind != kind)
            continue;
        f.values.assign(std::istream_iterator<std::string>(words), {});
        out.push_back(std::move(f));
    }
    return out;
}

/// FNV-1a of 64 bits, as make_files.py has it.
inline std::string hash_of(std::span<std::byte const> content)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    for (auto const b : content)
        hash = (hash ^ std::to_integer<std::uint64_t>(b)) * 0x100000001b3;
    std::string out(16, '0');
    for (std::size_t i = 16; i-- > 0; hash >>= 4)
        out[i] = "0123456789abcdef"[hash & 15];
    return out;
}

}  // namespace lindi::test
