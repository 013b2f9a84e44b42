/// \file
/// Links of a group, whichever way the file keeps them.

#pragma once

#include "object_header_reader.hpp"

#include <lindi/hdf5/message/link.hpp>
#include <lindi/hdf5/superblock.hpp>

namespace lindi::node {

/// A link as the file has it: a hard link still leads to an address.
using stored_link = hdf5::link;

struct link_listing {
    link_storage storage = link_storage::symbol_table;
    bool tracks_order = false;
    bool indexes_order = false;
    std::uint64_t max_creation_index = 0;
    /// Symbol tables: by name. Compact: as the messages stand. Dense: as the name index stands.
    std::vector<stored_link> links;
    /// By link, of groups that a symbol table says this of: what may be read along with their
    /// headers. Shorter than `links` or empty where there is none. Nobody says that it is right.
    std::vector<hdf5::symbol_table> likely_tables;
    std::vector<error> problems;  ///< links and parts of the index that could not be read
};

/// Adds a link, or why it could not be read. Counts it and its memory.
/// \return false when a limit ran out: there is no use in further links
bool add_link(file& f, link_listing& out, result<stored_link> link);

/// \param header  of a group; the caller keeps it alive
task<link_listing> list_links(file& f, object_header const& header);

}  // namespace lindi::node
