/// \file
/// Which neurodata types a file has.

#pragma once

#include <lindi/node/graph.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace lindi::bulk {

/// Values of the attributes `neurodata_type`, with how many objects have them. No more than 10,000
/// different ones.
std::map<std::string, std::uint64_t> count_neurodata_types(node::graph const& g);

}  // namespace lindi::bulk
