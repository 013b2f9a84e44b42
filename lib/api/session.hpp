/// \file
/// What all handles of one open file share.

#pragma once

#include <lindi/api/file.hpp>
#include <lindi/node/file.hpp>

#include <mutex>

namespace lindi::api {

/// The parts in the order in which they stand on each other.
class session {
public:
    session(std::unique_ptr<io::source> source, open_options options);

    /// Reads the structure; before that there is nothing to look at.
    result<void> load(std::function<void(std::uint64_t)> on_progress);

    node::graph const& graph() const noexcept { return file_.contents; }
    std::vector<std::string> const& paths() const noexcept { return paths_; }
    io::reader& reader() noexcept { return reader_; }

    /// Brings the heap objects that elements name, then calls `visit`, alone with the file.
    result<void> visit(
        hdf5::datatype_ptr const& type,
        std::span<std::byte const> elements,
        std::function<result<void>(elements_view)> const& visit
    );
    /// Reads a part of a dataset. Waits for other readings of the file.
    result<void> read(node::dataset const& data, hyperslab part, std::span<std::byte> out);
    /// Reads single elements. \pre the points lie inside the dataset
    result<void>
    read(node::dataset const& data, point_list const& points, std::span<std::byte> out);

private:
    std::unique_ptr<io::source> source_;
    codec::registry codecs_;
    lindi::budget budget_;
    io::reader reader_;
    node::file file_;
    std::vector<std::string> paths_;
    std::mutex alone_;
};

}  // namespace lindi::api
