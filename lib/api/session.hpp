/// \file
/// What all handles of one open file share.

#pragma once

#include <lindi/api/backend.hpp>
#include <lindi/api/file.hpp>

#include <atomic>
#include <mutex>
#include <unordered_map>

namespace lindi::api {

/// One file, its paths, and a lock: walks are not for several threads.
class session {
public:
    session(std::unique_ptr<backend> from, std::uint64_t chunk_cache);

    /// Reads the structure; before that there is nothing to look at.
    result<void> load(std::function<void(std::uint64_t)> on_progress);

    node::graph const& graph() const noexcept { return graph_; }
    std::vector<std::string> const& paths() const noexcept { return paths_; }
    io::reader& reader() noexcept { return from_->reader(); }
    /// From any thread.
    void cancel() noexcept
    {
        cancelled_ = true;
        reader().cancel();
    }

    io::read_stats stats();

    /// Brings the heap objects that elements name, then calls `visit`, alone with the file.
    result<void> visit(
        hdf5::datatype_ptr const& type,
        std::span<std::byte const> elements,
        std::function<result<void>(elements_view)> const& visit
    );
    /// Reads a part of a dataset. Waits for other readings of the file.
    result<lindi::bytes> read(node::object_id id, hyperslab part);
    /// The same into memory that is zero.
    result<void> read(node::object_id id, hyperslab part, std::span<std::byte> out);
    /// Reads single elements. \pre the points lie inside the dataset
    result<void> read(node::object_id id, point_list const& points, std::span<std::byte> out);

private:
    result<void> check_cancelled() const;
    node::dataset const& with_table(node::object_id id);

    std::unique_ptr<backend> from_;
    node::graph& graph_;
    std::vector<std::string> paths_;
    std::unordered_map<node::object_id, unsigned> times_read_;
    std::mutex alone_;
    std::atomic<bool> cancelled_ = false;  ///< also what is at hand is not read any more
};

}  // namespace lindi::api
