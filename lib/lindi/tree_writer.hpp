/// \file
/// The walk over groups and links: every path of the HDF5 file, depth first, names in byte order.

#pragma once

#include "dataset_writer.hpp"
#include "export_context.hpp"
#include "link_targets.hpp"

#include <unordered_set>

namespace lindi::rfs {

class tree_writer {
public:
    explicit tree_writer(export_context& c);

    /// Writes all members of `refs`.
    void write();

private:
    /// A group on the way from the root.
    struct level {
        node::object_id id;
        std::vector<std::size_t> links;  ///< in the order of writing
        std::size_t next = 0;
        std::size_t path_size;                  ///< of path_ in this group
        std::size_t prefix_size;                ///< of prefix_ in this group
        std::unordered_set<std::string> names;  ///< as written, if one of them is not UTF-8
    };

    void enter(node::object_id group);
    void leave();
    void visit(node::link const& link, std::string_view name);
    void visit_hard(node::object_id id);
    void write_soft_link(std::string_view path);
    /// The name as written; empty when the link cannot be written.
    std::string name_of(level& in, node::link const& link, node::link const* before);
    void leave_out(node::link const& link, std::string_view why);
    /// Whether a soft link to this object would find it in the file.
    bool is_written(node::object_id id) const;
    place here(node::object_id id) { return {path_, prefix_, !seen_[id]}; }

    export_context& c_;
    dataset_writer datasets_;
    link_targets targets_;
    std::vector<level> levels_;
    std::unordered_map<node::object_id, std::size_t>
        open_;  ///< groups on the way, and their path_size
    std::vector<bool> seen_;
    std::string path_;  ///< with bytes as in the HDF5 file, without trailing slash: "" is the root
    std::string prefix_;  ///< escaped, with trailing slash but for the root
};

}  // namespace lindi::rfs
