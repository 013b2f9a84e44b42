/// \file
/// The header of NumPy's .npy files: NumPy Enhancement Proposal 1, versions 1.0 and 3.0.

#pragma once

#include <lindi/hdf5/message/datatype.hpp>

#include <span>
#include <string>

namespace lindi::tools {

/// Magic, version, length and the dictionary that describes elements stored as in the HDF5 file.
/// \return the header; or errc::unsupported, naming what NumPy has no type for: variable-length
///   elements, references, numbers that do not fill their bytes, ...
[[nodiscard]] result<std::string>
npy_header(hdf5::datatype const& type, std::span<std::uint64_t const> shape);

}  // namespace lindi::tools
