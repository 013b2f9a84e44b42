/// \file
/// BloscLZ, the codec that comes with Blosc.

#pragma once

#include <lindi/core/bytes.hpp>

namespace lindi::codec {

/// Decodes a stream that fills `out` exactly. \return whether it did
[[nodiscard]] bool decode_blosclz(block_view in, std::span<std::byte> out);

}  // namespace lindi::codec
