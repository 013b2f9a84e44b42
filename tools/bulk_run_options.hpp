/// \file
/// The options of `lindi bulk run` and `retry`.

#pragma once

#include "bulk_options.hpp"
#include "bulk_source.hpp"
#include "command_line.hpp"

#include <lindi/bulk/run.hpp>

namespace lindi::tools {

struct bulk_run_options {
    bulk_place place{};
    bulk_source_options source{};
    bulk::run_options run{};
    std::string order = "fair";
    std::string reference = "source";
    std::string generated_by{};
    std::string num_chunks_threshold = "5000";
    std::string most_bytes = "64G";
    std::string memory = "2G";
    unsigned seconds = 900;
    unsigned listing_threads = 5;
    unsigned connections = 512;
    std::string events{};
    std::string kind{};
    unsigned metrics_port = 0;
};

/// Adds those that are not of the place or the source.
void add_run_options(command_line& app, bulk_run_options& o);

/// Fills `run` with what CLI11 cannot read. \return or errc::bad_value
result<void> complete(bulk_run_options& o);

bulk::unit_order order_of(std::string const& name);

}  // namespace lindi::tools
