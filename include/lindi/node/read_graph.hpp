/// \file
/// Reads a whole file's structure into its graph.

#pragma once

#include <lindi/node/file.hpp>

#include <functional>

namespace lindi::node {

struct read_options {
    /// Which chunked datasets get their chunk table; all when empty.
    std::function<bool(dataset const&)> load_chunks;
    /// Called once for every dataset when it is known, chunk table included; its reads join the
    /// walk's waves.
    std::function<task<void>(file&, object_id)> on_dataset;
    /// Whether virtual datasets that grow with their sources get their extents at the end: see
    /// settle_extents. `on_dataset` still sees the stored ones.
    bool settle = true;
    /// Called now and then with the number of objects found, for a progress line.
    std::function<void(std::uint64_t)> on_progress;
};

/// Finds the superblock and walks everything that hard links reach, all objects at the same time.
/// What cannot be read is a problem of the object it belongs to. No more is read than
/// limits::walk_factor allows, whatever leads where.
/// \param f  its `contents` is filled
/// \return nothing; or why there is no root group: errc::not_hdf5, errc::truncated, ...
task<result<void>> read_graph(file& f, read_options options);

}  // namespace lindi::node
