/// \file
/// Contiguous data that lie in other files.

#pragma once

#include <lindi/array/hyperslab.hpp>
#include <lindi/io/segmented_source.hpp>
#include <lindi/node/file.hpp>

namespace lindi::array {

/// The data as a file of its own, one part behind the other. Only the files that hold bytes of
/// `needed` are opened; where one is too short there are zeros, as libhdf5 has them.
/// \param needed  of the data, counted from their first byte
/// \return the source; or errc::unsupported when no other file may be opened, and what opening them
///   fails with
result<std::unique_ptr<io::segmented_source>>
join_external_files(node::file& f, node::dataset const& data, io::byte_range needed);

/// Bytes of the data from the first to the last element of a part. \pre the part is inside
io::byte_range
bytes_of_part(hyperslab const& part, std::span<std::uint64_t const> extents, std::size_t size);

}  // namespace lindi::array
