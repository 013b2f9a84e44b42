/// \file
/// The assets of a DANDI archive: by its REST API, or by the manifests in its bucket alone.

#pragma once

#include <lindi/dandi/filter.hpp>
#include <lindi/dandi/source.hpp>

#include <memory>

namespace lindi::net {
class client_thread;
}

namespace lindi::dandi {

struct instance {
    std::string name{};    ///< folder of its outputs: "dandi", "dandi-staging" as Neurosift has it
    std::string api{};     ///< URL, without a slash at its end: "https://api.dandiarchive.org/api"
    std::string bucket{};  ///< public URL of its blobs and manifests; empty: not known
};

/// \param text  dandi, sandbox, linc, ember, or the URL of an API
/// \return errc::bad_value
result<instance> instance_of(std::string const& text);

struct archive_query {
    std::vector<std::string> dandisets{};  ///< empty: all that are not empty
    /// "draft", "latest" (the last one published, else the draft), "all", or one by its name
    std::string version = "latest";
    bool embargoed = false;  ///< also dandisets that only their owners see, when all are listed
    asset_filter filter{};
    unsigned page_size = 1000;  ///< the API has no larger ones
};

/// Pages may move while they are read: assets that come twice are told once, and a listing that
/// ends with fewer than were announced is made again. Dandisets are parts.
std::unique_ptr<asset_source> archive_of(instance from, archive_query query, fetch_document fetch);

/// The same without the API: one document of the bucket for each version.
std::unique_ptr<asset_source>
manifests_of(instance from, archive_query query, fetch_document fetch);

/// Documents through a client: compressed ones unpacked; a web page where there should be a
/// document is asked for again.
fetch_document documents_of(std::shared_ptr<net::client_thread> client);

}  // namespace lindi::dandi
