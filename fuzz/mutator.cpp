#include "mutator.hpp"

#include <lindi/hdf5/checksum.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace lindi::fuzz {
namespace {

struct structure_kind {
    std::string_view signature;
    bool sealed;
};

/// Structures that start with a signature, and whether a checksum ends them.
constexpr std::array<structure_kind, 24> kinds{{
    {"\x89HDF", true}, {"TREE", false}, {"SNOD", false}, {"HEAP", false}, {"GCOL", false},
    {"OHDR", true},    {"OCHK", true},  {"FRHP", true},  {"FHDB", true},  {"FHIB", true},
    {"BTHD", true},    {"BTIN", true},  {"BTLF", true},  {"FAHD", true},  {"FADB", true},
    {"EAHD", true},    {"EAIB", true},  {"EASB", true},  {"EADB", true},  {"SMTB", true},
    {"SMLI", true},    {"FSHD", true},  {"FSSE", true},  {"MDCI", true},
}};

/// Fields of a structure are mostly near its start.
constexpr std::size_t reach = 512;
constexpr std::size_t longest_sealed = 8192;

std::uint32_t stored_sum(bytes const& file, std::size_t at)
{
    std::uint32_t out = 0;
    std::memcpy(&out, file.data() + at, sizeof out);
    return out;
}

/// The end of the structure at `begin`: where the bytes so far have the checksum that follows. 0:
/// there is none.
std::size_t find_seal(bytes const& file, std::size_t begin)
{
    auto const limit = std::min(file.size() - begin, longest_sealed);
    for (std::size_t size = 8; size + 4 <= limit; ++size)
        if (hdf5::lookup3(std::span(file).subspan(begin, size)) == stored_sum(file, begin + size))
            return begin + size + 4;
    return 0;
}

/// Version 1 object headers have no signature: version 1, 0, few messages, few references, sizes in
/// eights.
bool is_old_header(bytes const& file, std::size_t at)
{
    if (at % 8 != 0 || at + 16 > file.size())
        return false;
    auto const byte = [&](std::size_t i) { return std::to_integer<unsigned>(file[at + i]); };
    return byte(0) == 1 && byte(1) == 0 && byte(2) > 0 && byte(3) == 0 && byte(4) > 0 &&
           byte(5) == 0 && byte(6) == 0 && byte(7) == 0 && (byte(8) & 7) == 0 && byte(10) == 0 &&
           byte(11) == 0;
}

std::uint64_t edge_value(std::mt19937_64& random, std::uint64_t old, std::size_t file_size)
{
    std::array<std::uint64_t, 14> const edges{
        0,
        1,
        2,
        7,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0xffff,
        0x7fffffff,
        0xffffffff,
        0x7fffffffffffffff,
        ~std::uint64_t{0},
        file_size};
    switch (random() % 4) {
    case 0:
        return old + 1 + random() % 8;
    case 1:
        return old - 1 - random() % 8;
    case 2:
        return random() % (file_size + 1);  // another address
    default:
        return edges[random() % edges.size()];
    }
}

}  // namespace

mutator::mutator(bytes file) : file_(std::move(file))
{
    auto const text = as_text(file_);
    auto const aim = [this](std::size_t begin, std::size_t end) {
        for (auto at = begin; at < std::min(end, file_.size()); ++at)
            targets_.push_back(at);
    };
    for (auto const& kind : kinds) {
        for (auto at = text.find(kind.signature); at != text.npos;
             at = text.find(kind.signature, at + 1)) {
            auto const end = kind.sealed ? find_seal(file_, at) : 0;
            if (end != 0)
                sealed_.push_back({at, end});
            aim(at, end != 0 ? end : at + reach);
        }
    }
    for (std::size_t at = 0; at < file_.size(); at += 8)
        if (is_old_header(file_, at))
            aim(at, at + reach);
    if (targets_.empty())
        aim(0, file_.size());
}

bytes mutator::mutant(std::uint64_t seed, std::string& what) const
{
    std::mt19937_64 random(seed);
    auto out = file_;
    auto const changes = 1 + random() % 3;
    for (std::uint64_t i = 0; i < changes; ++i)
        change_field(out, random, what);
    if (random() % 16 == 0) {
        out.resize(random() % (out.size() + 1));
        what += " cut to " + std::to_string(out.size());
    }
    return out;
}

void mutator::change_field(bytes& to, std::mt19937_64& random, std::string& what) const
{
    if (targets_.empty())
        return;
    auto const at = targets_[random() % targets_.size()];
    std::size_t const width = std::min<std::size_t>(std::size_t{1} << random() % 4, to.size() - at);
    std::uint64_t old = 0;
    std::memcpy(&old, to.data() + at, width);
    auto const value = random() % 4 == 0 ? old ^ std::uint64_t{1} << random() % (8 * width)
                                         : edge_value(random, old, to.size());
    std::memcpy(to.data() + at, &value, width);
    seal(to, at);
    what += " " + std::to_string(at) + "/" + std::to_string(width) + "=" + std::to_string(value);
}

/// Makes the checksums of the structures around a changed byte right, the innermost first.
void mutator::seal(bytes& to, std::size_t changed) const
{
    for (auto const& s : sealed_) {
        if (changed < s.begin || changed >= s.end)
            continue;
        auto const sum = hdf5::lookup3(std::span(to).subspan(s.begin, s.end - s.begin - 4));
        std::memcpy(to.data() + s.end - 4, &sum, sizeof sum);
    }
}

}  // namespace lindi::fuzz
