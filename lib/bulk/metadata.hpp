/// \file
/// `generationMetadata`: the keys that DANDI's indexes have had so far, and ours.

#pragma once

#include <lindi/bulk/records.hpp>
#include <lindi/bulk/settings.hpp>

#include <boost/json/object.hpp>

namespace lindi::bulk {

struct generation {
    std::int64_t time = 0;  ///< seconds since 1970
    double seconds = 0;     ///< that indexing took
};

boost::json::object
generation_metadata(generator const& by, dandi::asset const& of, generation const& made);

/// The text of info.json.
std::string info_text(boost::json::object metadata, std::vector<std::string> const& problems);

}  // namespace lindi::bulk
