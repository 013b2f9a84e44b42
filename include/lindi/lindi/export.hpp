/// \file
/// A node graph as a LINDI reference file. doc/lindi.md describes the document.

#pragma once

#include <lindi/core/limits.hpp>
#include <lindi/lindi/inline_data.hpp>
#include <lindi/lindi/json_writer.hpp>
#include <lindi/lindi/options.hpp>

namespace lindi::rfs {

/// What was written.
struct export_report {
    std::uint64_t bytes = 0;
    std::uint64_t before_metadata = 0;  ///< bytes of `bytes` that `document_tail` follows
    std::uint64_t groups = 0;           ///< once for each path, as all of these
    std::uint64_t datasets = 0;
    std::uint64_t references = 0;       ///< to chunks in the HDF5 file
    std::uint64_t inlined = 0;          ///< datasets whose data are in the LINDI file
    std::uint64_t linked = 0;           ///< datasets that are links to the HDF5 file
    std::vector<std::string> problems;  ///< what is not there, or not as it should be: "path: what"
};

/// Writes the file: deterministic, ASCII, one key a line, keys of a group in byte order of the
/// names.
///
/// \param data    elements of the datasets whose plan is to inline them; those that are missing
///   become links
/// \param budget  time, inline_bytes and output_bytes
/// \return what was written; or what the sink returned, errc::too_large (output_bytes, time), or in
///   strict mode the first problem
result<export_report> write_reference_file(
    node::graph const& g,
    inline_data const& data,
    export_options const& options,
    budget const& budget,
    text_sink sink
);

/// What follows behind `refs`: the same references with other metadata are the first
/// `before_metadata` bytes of one file and another tail.
/// \param metadata  its `problems`, if any, are replaced
std::string document_tail(
    std::optional<boost::json::object> const& metadata, std::vector<std::string> const& problems
);

}  // namespace lindi::rfs
