/// \file
/// What reading a file took, in figures.

#pragma once

#include "json_writer.hpp"
#include "open_file.hpp"
#include "read_log.hpp"

namespace lindi::tools {

struct read_summary {
    std::uint64_t waves = 0;  ///< times that the walk waited for bytes; opening comes before
    std::uint64_t reads = 0;
    std::uint64_t reads_at_once = 0;  ///< of bytes that were here already
    std::uint64_t requests = 0;       ///< sent, redirects and failed ones included; or system calls
    std::uint64_t redirects = 0;
    std::uint64_t failed = 0;         ///< requests that brought nothing, whether tried again or not
    std::uint64_t bytes_fetched = 0;  ///< of the file
    std::uint64_t bytes_used = 0;     ///< that were read, each counted once
    std::uint64_t bytes_wasted = 0;   ///< fetched, and not read or fetched before
    std::uint64_t cache_hits = 0;     ///< ranges
    std::uint64_t cache_misses = 0;
    std::uint64_t file_size = 0;
    double waiting = 0;                                    ///< seconds, for bytes of waves
    std::vector<std::pair<std::string, double>> phases{};  ///< seconds, in order
};

/// \param log  of all that was read of the file; its last phase ends now
read_summary summarize(open_file& from, read_log const& log);

/// Members of an object that is open.
void write_json(read_summary const& s, json_writer& to);
/// A few lines.
std::string to_text(read_summary const& s);

}  // namespace lindi::tools
