/// \file
/// Chunk references: keys, offsets and lengths, straight from the chunk table.

#pragma once

#include <lindi/lindi/json_writer.hpp>
#include <lindi/lindi/plan.hpp>

namespace lindi::rfs {

/// References of a plan of form references or pieces.
/// \pre data.chunks, for form references
std::uint64_t count_references(node::dataset const& data, dataset_plan const& plan);

/// Writes them as members.
/// \param prefix  of the keys, escaped: "acq/data/"
/// \param url     escaped, or a template in double braces
void write_references(
    json_writer& out,
    node::dataset const& data,
    dataset_plan const& plan,
    std::string_view prefix,
    std::string_view url
);

}  // namespace lindi::rfs
