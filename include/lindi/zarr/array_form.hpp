/// \file
/// What a .zarray says. Zarr specification version 2, "Metadata"; numcodecs for the codecs.

#pragma once

#include <lindi/core/error.hpp>
#include <lindi/zarr/numcodecs.hpp>
#include <lindi/zarr/stored_type.hpp>

#include <optional>
#include <string>
#include <vector>

namespace lindi::zarr {

struct array_form {
    std::vector<std::uint64_t> shape;
    std::vector<std::uint64_t> chunks;  ///< as many as `shape`; none is 0
    stored_type type;
    std::string fill_value = "null";       ///< JSON text
    bool fortran_order = false;            ///< the first index is the fastest inside a chunk
    char separator = '.';                  ///< between the indices of a chunk's key
    std::vector<codec_call> filters;       ///< in the order of writing
    std::optional<codec_call> compressor;  ///< behind them
};

/// \param text  of a .zarray
/// \return the form; or errc::truncated, errc::bad_value (no JSON, a member missing or of the wrong
///   kind, shapes of different ranks or over 2^64 bytes), errc::unsupported_version (not Zarr
///   version 2), errc::unsupported (a dtype that has no HDF5 type), errc::too_large (rank over 32)
[[nodiscard]] result<array_form> parse_array_form(std::string_view text);

/// The fill value as an element.
/// \return size bytes; none: undefined, or the type's zero; errc::bad_value when it does not suit
///   the type
[[nodiscard]] result<std::optional<lindi::bytes>> fill_element(array_form const& form);

}  // namespace lindi::zarr
