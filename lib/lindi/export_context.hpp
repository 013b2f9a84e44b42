/// \file
/// What the parts of an export share.

#pragma once

#include <lindi/lindi/export.hpp>
#include <lindi/lindi/problems.hpp>

namespace lindi::rfs {

struct export_context {
    node::graph const& graph;
    inline_data const& data;
    export_options const& options;
    lindi::budget const& budget;
    json_writer& out;
    problem_list& problems;
    reference_names const& names;
    element_text attribute_text;  ///< non-finite numbers quoted
    element_text payload_text;    ///< non-finite numbers bare
    std::string url;              ///< of references: escaped, or the template
    std::vector<bool> shared;     ///< objects that several hard links lead to
    export_report report{};

    bool go_on() const { return out.ok() && problems.go_on(); }
};

/// Where an object stands in the file.
struct place {
    std::string_view path;    ///< absolute, with bytes as in the HDF5 file: "/acq/data"
    std::string_view prefix;  ///< of its keys, escaped: "acq/data/"
    bool first = true;        ///< not written before under another name: its problems are reported
};

/// Writes .zattrs, .zgroup or .zarray as the options say.
void write_metadata(
    export_context& c, std::string_view prefix, std::string_view key, std::string const& json
);

/// Appends an object's attributes to .zattrs that is open in `json`.
void append_user_attributes(
    export_context& c, std::string& json, node::object const& o, place const& where
);

}  // namespace lindi::rfs
