/// \file
/// Types in the canonical JSON of `lindi dump`.

#pragma once

#include "dump_context.hpp"

namespace lindi::tools {

/// \param named  whether a committed type is named by its path; not for the committed type itself
void write_type(
    json_writer& w, dump_context& context, hdf5::datatype const& type, bool named = true
);

/// Whether elements need more than their own bytes to be understood: variable-length parts or
/// references.
bool has_indirect_parts(hdf5::datatype const& type) noexcept;

}  // namespace lindi::tools
