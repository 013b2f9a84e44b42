/// \file
/// The data of a whole dataset, decoded.

#pragma once

#include <lindi/node/file.hpp>

namespace lindi::array {

/// Reads all elements in C order, in the file's type; elements never written hold the fill value.
/// Compact, contiguous and chunked storage. Heap ids in the elements are brought into the graph's store.
/// \param data       of `f.contents`, with its chunk table
/// \param max_bytes  errc::too_large beyond
/// \return element_count * size bytes; or errc::missing_filter, errc::unsupported (virtual, external),
///   errc::bad_value (fill value or storage of another size), and what reading and filters fail with
task<result<lindi::bytes>>
read_all(node::file& f, node::dataset const& data, std::uint64_t max_bytes);

}  // namespace lindi::array
