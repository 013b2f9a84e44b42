/// \file
/// The environment as a function, so that tests and services give their own.

#pragma once

#include <functional>
#include <optional>
#include <string>

namespace lindi::net {

/// The value of a variable, or nothing when it is not set.
using environment = std::function<std::optional<std::string>(char const*)>;

/// The process's own.
environment process_environment();

/// The first of the variables that is set and not empty; empty when none is.
std::string first_set(environment const& env, std::initializer_list<char const*> names);

}  // namespace lindi::net
