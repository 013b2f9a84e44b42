/// \file
/// The HDF5 types of object arrays.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/hdf5/message/datatype.hpp>
#include <lindi/zarr/array_form.hpp>

#include <string>

namespace lindi::rfs {

/// \param form      with an object codec
/// \param compound  `_COMPOUND_DTYPE`; empty: none
/// \param payload   of a chunk; empty: there is none to look at, then texts are taken for granted
/// \return the type of the elements; or errc::unsupported, errc::bad_value
[[nodiscard]] result<hdf5::datatype_ptr>
object_type(zarr::array_form const& form, std::string const& compound, block_view payload);

}  // namespace lindi::rfs
