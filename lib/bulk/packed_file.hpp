/// \file
/// Outputs compressed with gzip.

#pragma once

#include <lindi/core/error.hpp>

#include <string>
#include <string_view>

namespace lindi::bulk {

/// \return errc::io
result<void> pack_file(std::string const& path, std::string const& to);
result<std::string> pack_text(std::string_view text);

}  // namespace lindi::bulk
