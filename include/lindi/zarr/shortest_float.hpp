/// \file
/// Floating-point numbers as text.

#pragma once

#include <string>

namespace lindi::zarr {

/// The shortest decimal that reads back as the same number of that width, as Python writes it:
/// "1.0", "1e-05", "1e+16", "nan", "-inf".
/// \param size  bytes of the IEEE format the value has: 2, 4 or 8
std::string shortest_float(double value, std::size_t size);

}  // namespace lindi::zarr
