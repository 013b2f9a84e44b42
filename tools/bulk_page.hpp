/// \file
/// What a bulk job has done, as a web page that needs nothing from elsewhere.

#pragma once

#include <lindi/bulk/journal.hpp>

#include <string>

namespace lindi::tools {

/// \param name  of the job, for its heading
std::string bulk_page(std::string const& name, bulk::journal const& of);

}  // namespace lindi::tools
