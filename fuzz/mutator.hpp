/// \file
/// Damages HDF5 files the way that finds bugs: at the fields of structures, with values at the edge
/// of what fits, and with checksums made right again, so that the damage is reached. Deterministic
/// by seed.

#pragma once

#include <lindi/core/bytes.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace lindi::fuzz {

/// A structure of the file that ends with a lookup3 checksum over the bytes before it.
struct sealed_structure {
    std::size_t begin = 0;
    std::size_t end = 0;  ///< one past the checksum
};

class mutator {
public:
    explicit mutator(bytes file);

    /// A damaged copy. `what` says what was done, for a report.
    bytes mutant(std::uint64_t seed, std::string& what) const;

private:
    void change_field(bytes& to, std::mt19937_64& random, std::string& what) const;
    void seal(bytes& to, std::size_t changed) const;

    bytes file_;
    std::vector<std::size_t> targets_;  ///< offsets of bytes that belong to structures
    std::vector<sealed_structure> sealed_;
};

}  // namespace lindi::fuzz
