/// \file
/// References to objects: `{"_REFERENCE": {...}}`.

#pragma once

#include <lindi/node/graph.hpp>
#include <lindi/node/value.hpp>

#include <string>
#include <vector>

namespace lindi::rfs {

/// Knows the name of every object and its `object_id`.
class reference_names {
public:
    /// Names are the first ones of a walk in HDF5's native order, as libhdf5 finds them.
    /// \param g  outlives this
    explicit reference_names(node::graph const& g);

    /// Appends the reference. \return false, and nothing appended, when it leads to no object with
    /// a name
    bool append(std::string& out, node::reference const& r) const;

    /// First name of an object, with bytes as stored; empty when it has none.
    std::string const& path_of(node::object_id id) const { return paths_[id]; }

private:
    /// The attribute `object_id` as JSON; null when it is absent or no string or number.
    std::string id_text(node::object_id id) const;

    node::graph const* graph_;
    std::vector<std::string> paths_;
    std::string source_id_;
};

}  // namespace lindi::rfs
