/// \file
/// Numbers of bytes as people write them.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace lindi::tools {

/// "500", "20M", "1.5G": bytes.
std::optional<std::uint64_t> parse_size(std::string const& text);

}  // namespace lindi::tools
