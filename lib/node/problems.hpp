/// \file
/// Problems of an object: bounded, as damage can come up once per byte of a file.

#pragma once

#include <lindi/node/file.hpp>

namespace lindi::node {

/// Most problems that one object lists.
inline constexpr std::size_t most_problems = 100;

/// Adds a problem. The first always has room; later ones are counted against the memory, and after
/// `most_problems` the list ends with a word that there are more.
void add_problem(file& f, std::vector<error>& to, error problem);
void add_problems(file& f, std::vector<error>& to, std::vector<error> const& problems);

}  // namespace lindi::node
