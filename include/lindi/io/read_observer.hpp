/// \file
/// Looking over the shoulder of a reader: what statistics and traces are made of.

#pragma once

#include <lindi/io/byte_range.hpp>

#include <vector>

namespace lindi::io {

/// A range that somebody reads, and what for.
struct wanted_range {
    byte_range range{};
    char const* what = "";  ///< name of a structure; a literal
};

class read_observer {
public:
    virtual ~read_observer() = default;

    /// Every read that is permitted, before its bytes are looked for.
    virtual void on_read(wanted_range const& wanted) = 0;
    /// Reads that were not resident and go out together now.
    virtual void on_wave(std::vector<wanted_range> const& wave) = 0;
};

}  // namespace lindi::io
