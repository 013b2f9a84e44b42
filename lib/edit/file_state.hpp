/// \file
/// What all handles of one file that is being changed share: its keys as groups, datasets and
/// links.

#pragma once

#include "array_info.hpp"
#include "chunk_buffer.hpp"
#include "json_object.hpp"
#include "paths.hpp"
#include "remote_bytes.hpp"

#include <lindi/edit/file.hpp>

#include <unordered_map>

namespace lindi::edit {

enum class node_kind : std::uint8_t { nothing, group, dataset, soft_link };

/// Paths are as `join_path` makes them.
class file_state {
public:
    file_state(std::unique_ptr<reference_store> store, file_options options);

    reference_store& store() noexcept { return *store_; }
    lindi::limits const& max() const noexcept { return options_.store.max; }
    open::tree_options const& from() const noexcept { return options_.from; }

    // Keys.

    /// What a key stands for, wherever that is.
    result<lindi::bytes> content(std::string_view key);
    /// The text of metadata; "{}" when there is none.
    result<std::string> metadata(std::string_view key);

    // Objects.

    /// What is at a path. Links are not followed.
    result<node_kind> kind_of(std::string const& path);
    /// Follows all links. \return where the object is; or errc::not_found, errc::cycle
    result<std::string> resolve(std::string_view path) { return resolve(path, 0); }
    /// Follows links but the last one. \return the place, at which there may be nothing yet; or
    ///   errc::bad_value (a dataset on the way)
    result<std::string> place_of(std::string_view path);
    /// As `resolve`, of paths that users give; errc::bad_value for an object of another kind.
    result<std::string> find(std::string_view base, std::string_view path, node_kind wanted);
    result<std::string> find(std::string_view base, std::string_view path);

    /// Makes groups wherever there are none, up to and with `path`. \pre place_of gave it
    result<void> make_groups(std::string_view path);
    /// \return the place for something new, its parents made; or std::errc::file_exists
    result<std::string> new_place(std::string_view base, std::string_view path);
    void forget(std::string_view path);

    // Attributes, notes among them.

    result<json_object> attributes(std::string_view path);
    result<void> put_attributes(std::string_view path, json_object const& attributes);
    result<std::string> soft_link_of(std::string_view path);

    // References.

    /// `{"_REFERENCE": ...}` to what is at a path.
    result<std::string> reference_to(std::string_view path);

    // Datasets.

    result<array_ptr> array(std::string const& path);
    /// Changes what is known of one, in .zarray as well.
    result<void> put_array(std::string const& path, array_info info);
    /// Sets the type of an object array, now that it is known.
    void set_type(std::string const& path, element_type const& type);
    /// A chunk's elements as they are now. \return those of the fill value when it is not stored
    result<cells> read_chunk(array_ptr const& of, std::string const& key);
    result<void> write_chunk(array_ptr const& of, std::string const& key, cells const& whole);
    /// A chunk to be changed in memory, which the caller then says: written by `settle`, or when
    /// there are many of them. Good until the next call.
    result<chunk_buffer::buffered*> buffer_chunk(array_ptr const& of, std::string const& key);
    result<void> erase_chunk(std::string const& key);
    bool has_chunk(std::string const& key) const;
    /// Brings the store up to date with chunks that were changed in memory.
    result<void> settle() { return buffer_.settle(*store_); }

private:
    result<std::string> resolve(std::string_view path, unsigned links);
    result<array_info> load_array(std::string const& path);
    result<element_type> type_of_values(std::string const& path, array_info const& info);

    std::unique_ptr<reference_store> store_;
    file_options options_;
    remote_bytes others_;
    chunk_buffer buffer_;
    std::unordered_map<std::string, array_ptr> arrays_;
};

}  // namespace lindi::edit
