/// \file
/// Elements of a dataset that stand for those of a dataset in another file.

#pragma once

#include <lindi/array/hyperslab.hpp>
#include <lindi/node/file.hpp>

namespace lindi::array {

/// Reads the part from the other file and converts it to `data`'s type, which is the same or one
/// that says the same of it. Blocks while the other file is read.
/// \param data  has a link
/// \return nothing; or what opening and reading the other file fail with, errc::unsupported (the
///   types differ), errc::bad_value (the shapes do)
task<result<void>>
read_linked(node::file& f, node::dataset const& data, hyperslab part, std::span<std::byte> out);

}  // namespace lindi::array
