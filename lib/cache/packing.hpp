/// \file
/// Bytes as they are stored: a form, and what it says.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lindi::cache {

/// Appends bytes: as an LZ4 block when that saves at least an eighth, else as they are.
void pack(std::string& onto, std::string_view bytes);

/// \param size  of the bytes; what is packed must make exactly so many
/// \param room  for those that have to be decoded
/// \return the bytes, in `packed` or in `room`; nothing when there are others
std::optional<std::string_view>
unpack(std::string_view packed, std::uint64_t size, std::string& room);

}  // namespace lindi::cache
