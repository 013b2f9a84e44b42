/// \file
/// The options of `lindi index`, and what they say.

#pragma once

#include "command_line.hpp"
#include "read_report.hpp"
#include "reference_option.hpp"
#include "remote_options.hpp"

#include <lindi/lindi/options.hpp>

namespace lindi::tools {

struct index_options {
    std::string file;
    std::string url;
    std::string output;
    std::string num_chunks_threshold = "1000";
    std::string max_contiguous_chunk = "20000000";
    std::uint64_t inline_below = 1000;
    std::string metadata_as = "object";
    std::string generation_metadata;
    bool strict = false;
    std::string reference_url = "as-given";
    remote_options remote{};
    report_options report{};
};

void add_index_options(command_line& app, index_options& o);

/// What the references lead to. \param reference  what the source says that it is
result<std::string> url_of(index_options const& o, std::string const& reference);

/// Everything but the URL.
result<rfs::export_options> to_export_options(index_options const& o);

/// Where the document goes: -o, else NAME.lindi.json in the working directory.
std::string output_of(index_options const& o);

}  // namespace lindi::tools
