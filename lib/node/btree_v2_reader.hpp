/// \file
/// All records of a version 2 B-tree.

#pragma once

#include <lindi/hdf5/btree_v2.hpp>
#include <lindi/node/file.hpp>

#include <functional>

namespace lindi::node {

/// Calls `visit` for every record, a level of the tree at a time; within a level in order of the
/// records. The order of the whole is no matter to those who use it: names and chunks are sorted or
/// placed later. \param visit  gets the record's bytes, which live during the call, and the tree's
/// header \return nothing; or errc::bad_value (records missing), errc::cycle, errc::too_large,
///   and what visit, reading and decoding fail with
task<result<void>> visit_btree_v2(
    file& f,
    std::uint64_t address,
    std::function<result<void>(hdf5::btree_v2 const&, block_view)> visit
);

}  // namespace lindi::node
