/// \file
/// Virtual datasets: elements that are those of other datasets.

#pragma once

#include <lindi/array/hyperslab.hpp>
#include <lindi/node/file.hpp>

#include <span>

namespace lindi::array {

/// Puts the elements of all mappings to their places; those without a source stay as they are. Of a
/// source no more is read than the smallest box around what the part has of it.
/// \pre the whole graph was read
/// \param part   check_hyperslab accepted it; outlives the task
/// \param depth  of virtual datasets in virtual datasets
/// \param out    elements of the part, C order
/// \return nothing; or errc::unsupported (a mapping to a file that may not be opened, another
///   type), errc::bad_value (selections), and what reading the sources fails with
task<result<void>> read_virtual(
    node::file& f,
    node::dataset const& data,
    hyperslab const& part,
    unsigned depth,
    std::span<std::byte> out
);

}  // namespace lindi::array
