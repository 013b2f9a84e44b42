/// \file
/// Bytes as hexadecimal digits.

#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace lindi {

/// Two lower-case digits a byte.
std::string hex_of(std::span<std::byte const> bytes);

}  // namespace lindi
