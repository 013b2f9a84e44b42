/// \file
/// Attribute values as people read them.

#pragma once

#include <lindi/node/graph.hpp>

#include <string>
#include <vector>

namespace lindi::tools {

/// Makes texts of values: 5, 1.5, "text", [1, 2, 3], {x: 1, y: 2}, names of enumerations,
/// </path/of/a/reference>; null for null heap ids and references.
class value_printer {
public:
    /// \param g      outlives the printer
    /// \param paths  of each object, for references; outlives the printer
    value_printer(node::graph const& g, std::vector<std::string> const& paths)
        : graph_(&g), paths_(&paths)
    {}

    /// \param max_bytes  longer text is cut and ends in "..."
    /// \return the text; or why the value cannot be decoded; errc::too_large when regions of all
    /// values so
    ///   far took too long to decode
    [[nodiscard]] result<std::string>
    text_of(node::attribute const& attribute, std::size_t max_bytes);

private:
    class writer;

    node::graph const* graph_;
    std::vector<std::string> const* paths_;
    std::uint64_t region_numbers_left_ = 100'000'000;
};

}  // namespace lindi::tools
