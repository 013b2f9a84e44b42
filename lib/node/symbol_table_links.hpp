/// \file
/// Links of groups in the old format: B-tree, symbol table nodes and local heap.

#pragma once

#include "links.hpp"

namespace lindi::node {

/// Appends the links, in order of their names, and what could not be read.
task<void> list_symbol_table(file& f, hdf5::symbol_table table, link_listing& out);

/// Has the first pieces of a group's table come with its header, in one wave. It is the header that
/// decides: a place that is wrong costs a read.
void expect_symbol_table(file& f, hdf5::symbol_table table);

}  // namespace lindi::node
