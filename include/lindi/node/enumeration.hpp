/// \file
/// What the numbers of an enumeration are called.

#pragma once

#include <lindi/hdf5/message/datatype.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace lindi::node {

/// The name of an element of an enumeration; null when it has none.
std::string const*
name_of(hdf5::datatype const& enumeration, std::span<std::byte const> element) noexcept;

/// Whether a type is an enumeration of FALSE, 0, and TRUE, 1, which is how h5py writes booleans.
bool is_boolean(hdf5::datatype const& type) noexcept;

}  // namespace lindi::node
