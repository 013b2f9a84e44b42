/// \file
/// Which bytes of a file some ranges cover.

#pragma once

#include <lindi/io/byte_range.hpp>

#include <cstddef>
#include <vector>

namespace lindi::tools {

class range_union {
public:
    void add(io::byte_range range);
    /// Bytes covered, each counted once.
    std::uint64_t size() const;
    /// Bytes that both cover.
    std::uint64_t size_common_with(range_union const& other) const;

private:
    /// Sorted, with gaps between them.
    std::vector<io::byte_range> const& ranges() const;

    mutable std::vector<io::byte_range> ranges_;
    mutable std::size_t sorted_ = 0;  ///< the first so many are; later ones wait to be merged in
};

}  // namespace lindi::tools
