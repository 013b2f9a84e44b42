/// \file
/// Datatypes and dataspaces of messages, shared or not.

#pragma once

#include "object_header_reader.hpp"

namespace lindi::node {

/// The type a datatype message stands for. Types that committed objects hold know where
/// (committed_at); all who refer to one get the same. Its memory is counted.
task<result<hdf5::datatype_ptr>> read_type(file& f, hdf5::header_message message);
/// The type of a datatype message that stands in place; one for all messages of the same bytes.
result<hdf5::datatype_ptr> decode_type(file& f, block_view body);
task<result<hdf5::dataspace>> read_space(file& f, hdf5::header_message message);

}  // namespace lindi::node
