/// \file How a LINDI file is to be written. The folder's namespace is `rfs`, reference file system:
/// `lindi::lindi` would hide `lindi` from everyone.

#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace lindi::rfs {

enum class metadata_form {
    object,  ///< .zattrs, .zgroup and .zarray as JSON objects
    string,  ///< as JSON text in a string, as other reference file systems have it
};

struct export_options {
    /// What references lead to: URL or path, written as it is.
    std::string url;
    /// Chunked datasets whose grid has more chunks become a link to the HDF5 file; none: never.
    std::optional<std::uint64_t> num_chunks_threshold = 1000;
    /// Unfiltered data in one piece of more bytes are cut along the first dimension; none: never.
    std::optional<std::uint64_t> max_contiguous_chunk = 20'000'000;
    /// Numeric datasets of fewer elements go into the LINDI file.
    std::uint64_t inline_below = 1000;
    metadata_form metadata_as = metadata_form::object;
    /// Becomes `generationMetadata`; its `problems`, if any, are replaced by ours.
    std::optional<boost::json::object> generation_metadata;
    /// The first problem is an error.
    bool strict = false;
};

}  // namespace lindi::rfs
