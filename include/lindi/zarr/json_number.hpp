/// \file
/// JSON numbers as elements.

#pragma once

#include <lindi/core/json_reader.hpp>
#include <lindi/hdf5/message/datatype.hpp>

#include <cstdint>
#include <span>

namespace lindi::zarr {

/// Whether a text stands for a number that JSON has no token for: "NaN", "Infinity", "-Infinity".
bool is_non_finite(std::string_view text) noexcept;

/// Reads a number, a boolean (0 or 1) or, for floats, one of the texts of `is_non_finite`, and
/// writes it as an element. Fails when the type cannot hold it: integers have to be whole and fit;
/// floats are rounded.
/// \param type     integer, enumeration of integers, an IEEE float of at most 8 bytes, or the x87's
/// in 16 \param element  type.size bytes
void take_number_element(json_reader& r, hdf5::datatype const& type, std::span<std::byte> element);

/// The bits of the nearest binary16, ties to even.
std::uint16_t half_bits(double value) noexcept;

}  // namespace lindi::zarr
