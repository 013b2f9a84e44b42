/// \file
/// Parts of datasets, written and read chunk by chunk.

#pragma once

#include "file_state.hpp"

namespace lindi::edit {

/// What users give as a part in the terms of the Zarr array: everything when it is empty, one
/// element for a scalar. \return errc::bad_value: it does not fit
result<hyperslab> part_of(array_info const& of, hyperslab const& part);

/// \param part    from part_of
/// \param values  as many as it has elements
/// \return nothing; or errc::bad_value, errc::unsupported (linked), what codecs, reading and
/// storing
///   fail with
result<void> write_part(
    file_state& file,
    std::string const& path,
    array_ptr const& of,
    hyperslab const& part,
    cells const& values
);

result<cells>
read_part(file_state& file, std::string const& path, array_ptr const& of, hyperslab const& part);

/// Changes the shape: chunks that are outside go, and what comes in has the fill value.
result<void>
resize_array(file_state& file, std::string const& path, std::vector<std::uint64_t> const& shape);

}  // namespace lindi::edit
