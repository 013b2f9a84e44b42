/// \file
/// From a path or a URL to a tree of groups and datasets, whatever the file is: HDF5, or a LINDI
/// document as JSON, in a tar or in a directory. What it is, its content says.
///
/// `array::read_into` reads the elements of datasets of all of them.

#pragma once

#include <lindi/lindi/document_state.hpp>
#include <lindi/lindi/read_tree.hpp>
#include <lindi/node/file.hpp>
#include <lindi/node/read_graph.hpp>
#include <lindi/open/open_source.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace lindi::open {

enum class tree_kind { hdf5, lindi_json, lindi_tar, lindi_directory };

/// What a LINDI document may make us open. Whatever is set here, a document from the network opens
/// no local file, and a path that is relative stays inside the folder of its document.
struct trust {
    /// A local document may name local files anywhere, by absolute path or, as for Python lindi,
    /// relative to the working directory.
    bool local_files = true;
    /// A document from the network may name servers of private networks besides its own.
    bool private_servers = false;
};

/// Whether an HDF5 file is the only one that is opened.
struct follow_options {
    /// Other files in its folder may be: members, external raw data, sources of virtual datasets.
    bool follow = false;
    std::string members{};  ///< how the members are named: see node::join_members
};

struct tree_options {
    source_options source{};
    lindi::limits max{};
    /// Filters of HDF5 files; none: those that are built in.
    std::optional<codec::registry> codecs{};
    open::trust trust{};
    follow_options others{};
    /// Turns a URL or path that a document names into the one to open instead; nothing when it does
    /// not care. It is trusted: its answer is opened, whatever it is.
    std::function<std::optional<std::string>(std::string const&)> rewrite{};
};

/// One file with everything that reads it. For one thread, or one after the other.
class tree {
public:
    /// Finds out what the file is; of a LINDI document all is read, of an HDF5 file one block.
    /// \param path_or_url  of a regular file, of a LINDI directory, or a URL (http, https, s3)
    /// \return the tree, its graph still empty; or what open_source says, errc::bad_value,
    ///   errc::truncated, errc::unsupported_version or errc::too_large for the document
    static result<std::unique_ptr<tree>>
    open(std::string const& path_or_url, tree_options options = {});

    /// A document that is at hand: one that is being changed, of which a store made a snapshot.
    /// \return the tree, its graph still empty
    static std::unique_ptr<tree> of_document(rfs::document_state state, tree_options options = {});

    virtual ~tree() = default;
    tree(tree const&) = delete;
    tree& operator=(tree const&) = delete;

    virtual tree_kind kind() const noexcept = 0;
    virtual io::reader& reader() noexcept = 0;
    virtual node::file& file() noexcept = 0;
    node::graph const& graph() noexcept { return file().contents; }
    /// A LINDI document, and where what it names is read; null for an HDF5 file.
    virtual rfs::tree_input const* document() const noexcept { return nullptr; }
    /// What a LINDI file that is made from it should name.
    virtual std::string const& reference() const noexcept = 0;
    /// The cache in front of an HDF5 file behind a URL; null: there is none.
    virtual cache::cached_source const* cached() const noexcept { return nullptr; }
    /// Whose `stop` ends running requests; null for local files.
    virtual net::client* client() const noexcept = 0;

    /// Whether a file that was opened alone looks like the first of several, once the graph was
    /// tried to be read: tree_options::others has them opened.
    virtual bool may_have_members() const noexcept { return false; }

    /// Fills the graph. Of `options` LINDI documents use `on_dataset`: their chunks are known.
    /// \return as node::read_graph and rfs::read_tree
    virtual result<void> read_graph(node::read_options options) = 0;

protected:
    tree() = default;
};

}  // namespace lindi::open
