/// \file
/// The fill value, for elements that were never written.

#pragma once

#include <lindi/node/graph.hpp>

namespace lindi::array {

/// Puts the dataset's fill value into every element of `out`, which is zero.
/// \return errc::bad_value when the fill value is not as large as an element
[[nodiscard]] result<void> fill_elements(node::dataset const& data, std::span<std::byte> out);

}  // namespace lindi::array
