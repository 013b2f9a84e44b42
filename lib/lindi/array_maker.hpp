/// \file
/// Datasets of a LINDI document: types, shapes, and where their chunks are.

#pragma once

#include <lindi/lindi/content_places.hpp>
#include "object_maker.hpp"

#include <lindi/zarr/array_form.hpp>

#include <unordered_map>

namespace lindi::rfs {

/// A dataset in the making.
struct pending_array {
    array_object about;
    zarr::array_form form;
    std::vector<std::uint64_t> grid;  ///< chunks per dimension
    std::uint64_t keys =
        0;  ///< chunks that the document has; keys that are there twice count twice
    std::optional<error> failure;  ///< why its chunks cannot be known
    node::chunk_table table;
    /// The stored chunk with the lowest number: its values tell the type of object arrays.
    std::optional<std::uint64_t> first_chunk;
};

class array_maker {
public:
    /// All outlive this.
    array_maker(node::file& f, tree_input const& in, content_places& places)
        : f_(&f), in_(&in), places_(&places)
    {}

    /// Reads the metadata of the arrays and finds their chunks.
    /// \return nothing; or errc::too_large (memory)
    result<void> run(std::vector<array_object> arrays);

    /// Finds the types of object arrays in their first chunks, and makes the datasets.
    task<void> finish(std::shared_ptr<object_names const> names);

private:
    struct found_chunk {
        pending_array* array;
        std::uint64_t number;
    };

    result<void> add_array(array_object about);
    pending_array* find_array(std::string_view folder);
    std::optional<found_chunk> find_chunk(std::string_view key);
    result<void> make_tables();
    void place_chunk(std::size_t key, found_chunk const& chunk);
    task<void> read_first_chunks(std::vector<pending_array*> arrays);
    void take_type(pending_array& array, result<block> const& stored);
    void make_dataset(pending_array& array, std::shared_ptr<object_names const> const& names);

    node::file* f_;
    tree_input const* in_;
    content_places* places_;
    std::deque<pending_array> arrays_;
    std::unordered_map<std::string, pending_array*> by_path_;
    std::string last_folder_;  ///< neighbours mostly are chunks of one array
    pending_array* last_array_ = nullptr;
};

}  // namespace lindi::rfs
