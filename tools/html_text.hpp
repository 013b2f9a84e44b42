/// \file
/// Text of others in pages of HTML.

#pragma once

#include <string>
#include <string_view>

namespace lindi::tools {

/// Text for an element or an attribute between double quotes. Control characters but line ends
/// become spaces.
std::string escaped(std::string_view text);

}  // namespace lindi::tools
