/// \file
/// How many round trips no reader of a file can do without.

#pragma once

#include <lindi/io/byte_range.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lindi::test {

/// The longest chain of addresses from the start of a file to a structure that has to be read.
///
/// A structure leads to another when the address of that one stands somewhere in its bytes, as 8
/// bytes in little endian; each is as deep as the shortest such way to it. Numbers that happen to
/// look like addresses make chains shorter, never longer. A structure to which no address leads
/// (its place is computed: a piece of an array, the next block of a heap) is as deep as the one
/// before it in the file.
/// \param structures  what has to be read, in any order, repeated and overlapping as it likes; the
///   one with the lowest offset starts the file
/// \return the number of structures on the longest chain, the first included; 0 if there are none
std::size_t longest_pointer_chain(
    std::span<std::byte const> file, std::vector<io::byte_range> const& structures
);

}  // namespace lindi::test
