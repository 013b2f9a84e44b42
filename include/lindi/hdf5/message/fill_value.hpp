/// \file
/// The value of elements that were never written.
/// HDF5 File Format Specification v3.0, IV.A.2.e (old) and IV.A.2.f (versions 1 to 3).

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

namespace lindi::hdf5 {

struct fill_value {
    enum class state : std::uint8_t { undefined, library_default, user };
    enum class allocation : std::uint8_t { none = 0, early = 1, late = 2, incremental = 3 };
    enum class writing : std::uint8_t { on_allocation = 0, never = 1, if_set = 2 };

    state status = state::library_default;  ///< library_default: all bytes zero
    allocation allocate = allocation::late;
    writing write = writing::if_set;
    lindi::bytes value;  ///< user: one element in the file's type
};

/// Message 0x0005. \return errc::truncated, unsupported_version, bad_value
[[nodiscard]] result<fill_value> decode_fill_value(block_view b);
/// Message 0x0004: size and bytes; size 0 is undefined, as libhdf5 has it.
[[nodiscard]] result<fill_value> decode_old_fill_value(block_view b);

}  // namespace lindi::hdf5
