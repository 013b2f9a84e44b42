/// \file
/// References: to objects, to parts of datasets, to attributes.
/// HDF5 File Format Specification v3.0, IV.A.2.d class 7; H5R_ref_t of HDF5 1.12 as its library
/// writes it.

#pragma once

#include <lindi/node/value.hpp>

namespace lindi::node {

[[nodiscard]] result<value>
decode_reference(hdf5::datatype const& type, std::span<std::byte const> element, graph const& g);

}  // namespace lindi::node
