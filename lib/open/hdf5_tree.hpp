/// \file
/// An HDF5 file as a tree, with the files beside it that belong to it.

#pragma once

#include <lindi/node/other_files.hpp>
#include <lindi/open/open_tree.hpp>

namespace lindi::open {

/// \param path  that `opened` was opened with
/// \return the tree; or what files_beside and node::join_members say
result<std::unique_ptr<tree>>
make_hdf5_tree(opened_source opened, std::string const& path, tree_options options);

}  // namespace lindi::open
