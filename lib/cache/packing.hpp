/// \file
/// Bytes as they are stored: a form, and what it says.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lindi::cache {

/// As an LZ4 block when that saves at least an eighth, else as they are.
std::string pack(std::string_view bytes);

/// \param size  of the bytes; what is packed must make exactly so many
/// \return nothing when it does not
std::optional<std::string> unpack(std::string_view packed, std::uint64_t size);

}  // namespace lindi::cache
