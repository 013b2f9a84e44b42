/// \file
/// Objects, links and attributes of a LINDI document.

#pragma once

#include "document_index.hpp"

#include <lindi/lindi/object_names.hpp>
#include <lindi/lindi/read_attributes.hpp>
#include <lindi/node/file.hpp>

#include <memory>

namespace lindi::rfs {

/// An array whose dataset is still to be made.
struct array_object {
    node::object_id id = node::no_object;
    std::string path;
    std::string_view metadata;  ///< text of .zarray
    object_notes notes;
};

class object_maker {
public:
    /// \param f      its graph is filled; outlives this
    /// \param index  its texts are there; outlives what is made
    object_maker(node::file& f, document_index const& index)
        : f_(&f), index_(&index), names_(std::make_shared<object_names>())
    {}

    /// \return nothing; or errc::bad_value (no root group), errc::too_large
    result<void> run();

    std::shared_ptr<object_names const> names() const noexcept { return names_; }
    std::vector<array_object>& arrays() noexcept { return arrays_; }

private:
    struct unread_attributes {
        node::object_id id;
        std::string_view text;
    };

    result<void> add_object(std::string const& path, node_keys const& keys);
    result<node::object_id>
    make_object(std::string const& path, node_keys const& keys, object_notes notes);
    result<void> add_attributes(unread_attributes const& from);
    void settle_soft_links();

    node::file* f_;
    document_index const* index_;
    std::shared_ptr<object_names> names_;
    std::vector<array_object> arrays_;
    std::vector<unread_attributes> attributes_;
    /// Soft links with a relative path: group, its path, number of the link.
    struct relative_link {
        node::object_id group;
        std::string folder;
        std::size_t link;
    };
    std::vector<relative_link> relative_;
};

}  // namespace lindi::rfs
