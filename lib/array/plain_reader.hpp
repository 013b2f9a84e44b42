/// \file
/// Parts of boxes of elements that lie in the file as they are: contiguous data, chunks without
/// filters.

#pragma once

#include <lindi/array/hyperslab.hpp>
#include <lindi/io/reader.hpp>

#include <vector>

namespace lindi::array {

/// Elements of a box, C order, from `offset` of the file on.
struct plain_box {
    std::uint64_t offset = 0;
    std::vector<std::uint64_t> shape;
    std::vector<overlap> common;  ///< with the part
};

/// Copies what the part needs of each box to its place. Reads only the rows needed; small gaps are
/// read over. \param from  outlives the task, as does `out`
task<result<void>> read_plain(
    io::reader& from,
    std::vector<plain_box> boxes,
    hyperslab part,
    std::size_t element_size,
    std::span<std::byte> out
);

}  // namespace lindi::array
