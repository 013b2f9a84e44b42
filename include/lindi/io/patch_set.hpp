/// \file
/// Bytes that stand in for bytes of the file: what a metadata cache image holds of other places.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/io/byte_range.hpp>

#include <map>
#include <optional>

namespace lindi::io {

class patch_set {
public:
    bool empty() const noexcept { return patches_.empty(); }
    /// From now on `bytes` stand at file offset `bytes.view.at`. Later patches win.
    void add(block bytes);

    /// The bytes of a range that lies in one patch.
    std::optional<block> find(byte_range range) const;
    /// What was read from the file, with the patches that overlap it put in place.
    block apply(block from_file) const;

private:
    std::map<std::uint64_t, block> patches_;  ///< by file offset
};

}  // namespace lindi::io
