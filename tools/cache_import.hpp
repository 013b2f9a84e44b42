/// \file
/// From Python lindi's cache into ours.

#pragma once

#include "environment.hpp"

#include <lindi/cache/store.hpp>

namespace lindi::tools {

struct import_report {
    std::uint64_t files = 0;
    std::uint64_t ranges = 0;
    std::uint64_t bytes = 0;
    std::uint64_t skipped = 0;   ///< ranges
    std::uint64_t problems = 0;  ///< URLs that could not be asked, rows that are none
};

/// Python lindi knows ranges by URL and not by content, so each URL is asked what it is, and only
/// what never changes is taken over.
/// \param all  takes over the rest too, as what the URL has now
/// \return what was done, with reasons on env.err; or as cache::read_python_cache
result<import_report>
import_python_cache(cache::store& into, std::string const& path, bool all, environment& env);

}  // namespace lindi::tools
