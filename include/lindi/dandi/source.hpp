/// \file
/// Where assets come from: an archive's API or its manifests, a list, a folder.

#pragma once

#include <lindi/core/error.hpp>
#include <lindi/dandi/asset.hpp>

#include <functional>
#include <string>
#include <vector>

namespace lindi::dandi {

/// Takes one asset; an error of its own ends the listing.
using on_asset = std::function<result<void>(asset)>;

/// What can be listed alone, at the same time as other parts.
struct source_part {
    std::string name{};  ///< "dandi/000003": what assets that are gone later are gone from
    /// Safe to call on any thread, once.
    /// \return nothing when every asset was told; or why not
    std::function<result<void>(on_asset const&)> list{};
};

class asset_source {
public:
    virtual ~asset_source() = default;
    /// \return the parts; or why not even they are known
    virtual result<std::vector<source_part>> parts() = 0;
};

/// Fetches a document. Safe for all threads.
/// \return its text; or what net::client_thread::call says
using fetch_document = std::function<result<std::string>(std::string const& url)>;

}  // namespace lindi::dandi
