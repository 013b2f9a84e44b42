/// \file
/// Opens what a LINDI document names.

#pragma once

#include <lindi/io/joined_source.hpp>
#include <lindi/open/open_tree.hpp>

namespace lindi::open {

/// \param document  path of a local document, which need not be there
/// \param options   source, trust and rewrite count
/// \return what opens files and URLs as trees of the document would; it blocks
io::joined_source::opener references_of(std::string const& document, tree_options options);

}  // namespace lindi::open
