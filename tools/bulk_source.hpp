/// \file
/// The options that say what a bulk job is to index.

#pragma once

#include "bulk_options.hpp"
#include "byte_size.hpp"
#include "command_line.hpp"

namespace lindi::tools {

struct bulk_source_options {
    std::vector<std::string> dandisets{};
    bool all = false;
    std::string version = "latest";
    bool manifests = false;
    bool embargoed = false;
    std::string bucket{};
    std::string list{};
    std::string tree{};
    std::string tree_url{};
    std::string glob{};
    std::string least_size{};
    std::string most_size{};
    std::string modified_since{};
};

void add_source_options(command_line& app, bulk_source_options& o);

/// A source with what it stands on.
struct bulk_source {
    std::unique_ptr<std::istream> lines{};
    std::unique_ptr<dandi::asset_source> assets{};
};

/// \param instance  as --instance says
/// \return the source; errc::bad_value when the options do not say one
result<bulk_source> source_of(
    bulk_source_options const& o,
    std::string const& instance,
    std::shared_ptr<net::client_thread> client
);

}  // namespace lindi::tools
