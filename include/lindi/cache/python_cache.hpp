/// \file
/// The cache of Python lindi: an SQLite file, lindi_cache.db, with the table
/// remote_chunks(url TEXT, offset INTEGER, size INTEGER, data BLOB).

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace lindi::cache {

/// One row. It lives as long as the call that gets it.
struct python_range {
    std::string_view url{};
    block_view bytes{};
};

/// Goes through all rows, by URL and offset.
/// \param visit  gets each row, or nothing for one that is not as Python lindi writes them; an
///   error ends the walk
/// \return nothing; or that error, errc::io when it is no such file, errc::unsupported when this
///   was built without SQLite
result<void> read_python_cache(
    std::string const& path, std::function<result<void>(std::optional<python_range> const&)> visit
);

}  // namespace lindi::cache
