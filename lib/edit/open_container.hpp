/// \file
/// Which container a path is, or is to become.

#pragma once

#include "container_file.hpp"

namespace lindi::edit {

/// \return the container; or as reference_store::open
result<opened_container>
open_container(std::string const& path, open_mode mode, store_options const& options, budget& from);

}  // namespace lindi::edit
