/// \file
/// A JSON value that the caller gave, in our own text form.

#pragma once

#include <boost/json/value.hpp>

#include <string>

namespace lindi::rfs {

/// Appends the value without spaces, ASCII only, numbers as Python writes them, members in their
/// order.
void append_json_value(std::string& out, boost::json::value const& value);

}  // namespace lindi::rfs
