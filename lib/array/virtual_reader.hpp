/// \file
/// Virtual datasets: elements that are those of other datasets.

#pragma once

#include <lindi/node/file.hpp>

#include <span>

namespace lindi::array {

/// Puts the elements of all mappings to their places; those without a source stay as they are.
/// Sources in the file itself are read; a mapping to another file is errc::unsupported.
/// \pre the whole graph was read
/// \param depth  of virtual datasets in virtual datasets
/// \param out    all elements of the dataset, C order
task<result<void>>
read_virtual(node::file& f, node::dataset const& data, unsigned depth, std::span<std::byte> out);

}  // namespace lindi::array
