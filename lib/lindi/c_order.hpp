/// \file
/// Zarr's order "F".

#pragma once

#include <lindi/core/bytes.hpp>

#include <cstdint>
#include <span>

namespace lindi::rfs {

/// Elements that lie with the first index fastest, in C order.
/// \param size  bytes of one element
lindi::bytes
to_c_order(lindi::bytes const& in, std::span<std::uint64_t const> shape, std::size_t size);

}  // namespace lindi::rfs
