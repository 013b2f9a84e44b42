/// \file
/// A LINDI document as the graph of a file: groups, datasets, links and attributes that nobody can
/// tell from those of an HDF5 file. doc/lindi.md, "Reading".

#pragma once

#include <lindi/io/joined_source.hpp>
#include <lindi/lindi/read_attributes.hpp>
#include <lindi/lindi/reference_document.hpp>
#include <lindi/lindi/tar_index.hpp>
#include <lindi/node/file.hpp>
#include <lindi/node/linked_dataset.hpp>

#include <functional>
#include <memory>

namespace lindi::rfs {

struct tree_input {
    std::shared_ptr<reference_document const> document;
    /// The source below the file's reader. It has the document's text at its first address, and
    /// gets every URL that the document names. Outlives the graph.
    io::joined_source* files = nullptr;
    /// Files of the tar that the document lies in: what "./name" means. Null: `files` opens them.
    std::shared_ptr<tar_index const> tar{};
    std::uint64_t tar_at = 0;  ///< address of the tar in `files`
    /// Makes what `_EXTERNAL_ARRAY_LINK` says; nothing is opened yet. Empty: such datasets are
    /// unreadable.
    std::function<std::shared_ptr<node::linked_dataset>(object_notes::array_link const&)> link{};
};

/// Fills the contents of `f`. Reads what the document does not say itself: metadata that is a
/// reference, and the first chunk of object arrays, whose type only their values tell; two waves.
/// What cannot be read is a problem of the object it belongs to.
/// \param f  its contents are empty
/// \return nothing; or why there is no root group: errc::bad_value, errc::too_large
task<result<void>> read_tree(node::file& f, tree_input input);

}  // namespace lindi::rfs
