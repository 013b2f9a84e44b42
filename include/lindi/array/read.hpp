/// \file
/// The elements of a part of a dataset, decoded.

#pragma once

#include <lindi/array/hyperslab.hpp>
#include <lindi/node/file.hpp>

namespace lindi::array {

/// Reads a part in C order, in the file's type, into the caller's memory; elements never written
/// hold the fill value. Compact, contiguous, chunked and virtual storage; sources of virtual
/// datasets once the file's whole graph was read. What lies in other files (node::file::others,
/// links of LINDI documents) is read inside the call and blocks. Only chunks that the part touches
/// are read, and of storage without filters only the bytes of the part, apart from small gaps; a
/// virtual dataset is read whole. Global heap objects that the elements name are not fetched: see
/// node::load_heaps.
///
/// \param f     where the dataset is; outlives the task
/// \param data  of `f.contents`; outlives the task. Without a chunk table the index is walked for
///   the part
/// \param part  what to read
/// \param out   element_count(part) * data.type->size bytes; outlives the task
/// \return nothing; or why the dataset is unreadable, errc::bad_value (the part, the fill value,
///   storage of another size), errc::unsupported (data in files that are not to be opened),
///   errc::missing_filter, and what reading and filters fail with. `out` is then partly filled
task<result<void>>
read_into(node::file& f, node::dataset const& data, hyperslab part, std::span<std::byte> out);

/// As above into memory that is asked for first. \return element_count(part) * size bytes; or
/// errc::too_large (memory)
task<result<lindi::bytes>> read_piece(node::file& f, node::dataset const& data, hyperslab part);

/// Reads all elements, with the heap objects they name.
/// \param max_bytes  errc::too_large beyond
/// \return element_count * size bytes
task<result<lindi::bytes>>
read_all(node::file& f, node::dataset const& data, std::uint64_t max_bytes);

}  // namespace lindi::array
