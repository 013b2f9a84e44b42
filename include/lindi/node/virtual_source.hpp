/// \file
/// The datasets that the elements of virtual datasets lie in, and the extents they give.
/// HDF5 File Format Specification v3.0, III.F "Global Heap Block for Virtual Datasets"; what
/// libhdf5 does beyond it, with its default view: doc/hdf5-notes.md.

#pragma once

#include <lindi/node/file.hpp>

namespace lindi::node {

/// Whether a mapping stands for many: its names hold %b, and each block has a source of its own.
bool is_numbered(hdf5::virtual_mapping const& mapping);

/// The name of a file or dataset for one block: its number for %b, and one percent sign for two.
/// \return the name, or errc::bad_value for any other percent sign
result<std::string> source_name(std::string_view pattern, std::uint64_t block);

/// The corner of a numbered mapping's blocks that lies at `block` of its unlimited dimension.
/// \return its slab there, or errc::bad_value when it has none or lies beyond 2^64
result<hdf5::selection::slab> numbered_slab(hdf5::selection const& target, std::uint64_t block);

/// "source FILE: DATASET", for messages.
std::string source_text(hdf5::virtual_mapping const& mapping);

struct source_dataset {
    file* in = nullptr;
    dataset const* data = nullptr;  ///< null: there is no such file or dataset
};

/// The extents that a dataset has as a source of another: those that are stored, also when it is a
/// virtual dataset that grows itself.
std::vector<std::uint64_t> const& source_extents(dataset const& data) noexcept;

/// The source of a mapping, in the file itself or in others if they may be opened.
/// \param block  for numbered mappings
/// \return the source, or nothing where libhdf5 takes the fill value; errc::unsupported when it is
///   in a file that may not be opened or behind an external link, errc::bad_value when it is no
///   dataset, and what opening and reading files fail with
result<source_dataset>
find_source(file& f, hdf5::virtual_mapping const& mapping, std::uint64_t block);

/// Gives every virtual dataset that grows with its sources the extents that they make, unless
/// sources are in other files and those may not be opened. Sources that fail, other than by not
/// being there, count as nothing; they are problems of the dataset and make it unreadable.
void settle_extents(file& f);

}  // namespace lindi::node
