/// \file
/// LINDI files made and changed, as h5py does it with HDF5 files. doc/editing.md.
///
///     auto file = lindi::edit::file::open("new.lindi.tar",
///     lindi::edit::open_mode::create).value(); auto series =
///     file.root().create_group("acquisition/series").value(); auto data =
///     series.create_dataset("data", {.type = element_type::of<double>(), .shape = {1000}});
///     data->write<double>(samples);
///     data->set_attribute("unit", "V");
///     file.flush();
///
/// Handles: cheap to copy, they keep the file open, and name an object by its path: after a move or
/// deletion they find what is there then, or errc::not_found. What is read through them has every
/// change; others see changes after `flush`, and what was not flushed is dropped when the last
/// handle goes. For one thread, or one after the other.

#pragma once

#include <lindi/api/file.hpp>
#include <lindi/array/hyperslab.hpp>
#include <lindi/edit/attribute_value.hpp>
#include <lindi/edit/dataset_spec.hpp>
#include <lindi/edit/native_numbers.hpp>
#include <lindi/edit/reference_store.hpp>
#include <lindi/open/open_tree.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lindi::edit {

class file_state;
using file_ptr = std::shared_ptr<file_state>;

using array::hyperslab;

class object {
public:
    object(file_ptr file, std::string path) noexcept
        : file_(std::move(file)), path_(std::move(path))
    {}

    /// Absolute.
    std::string path() const { return "/" + path_; }

    /// Sets an attribute, in place of one of that name.
    /// \return nothing; or errc::bad_value, errc::unsupported for names and values that LINDI
    ///   does not have, errc::not_found (the object, or where a reference leads)
    result<void> set_attribute(std::string_view name, attribute_value const& value);
    /// \return whether there was one
    result<bool> delete_attribute(std::string_view name);
    /// Its value as JSON. \return errc::not_found
    result<std::string> attribute(std::string_view name) const;
    result<std::vector<std::string>> attribute_names() const;

protected:
    file_ptr file_;
    std::string path_;  ///< without a slash in front
};

enum class member_kind : std::uint8_t { group, dataset, soft_link };

struct member {
    std::string name;
    member_kind kind = member_kind::group;
    std::string target{};  ///< of a soft link
};

class dataset;
class file;

/// Paths are relative to the group, or absolute; soft links on the way are followed.
class group : public object {
public:
    using object::object;

    /// Groups on the way are made. \return the group; or std::errc::file_exists
    result<group> create_group(std::string_view path);
    /// As above, or the one that is there.
    result<group> require_group(std::string_view path);
    /// \return the dataset; or std::errc::file_exists, errc::bad_value (shape, chunks, fill value),
    ///   errc::unsupported
    result<dataset> create_dataset(std::string_view path, dataset_spec const& spec);
    /// As above, or the one that is there. \return errc::bad_value: it has another type or shape
    result<dataset> require_dataset(std::string_view path, dataset_spec const& spec);

    result<group> group_at(std::string_view path) const;
    result<dataset> dataset_at(std::string_view path) const;
    bool contains(std::string_view path) const;
    /// In order of names.
    result<std::vector<member>> members() const;

    /// Takes an object with all that is in it, or a soft link, out of the file. References to it
    /// lead nowhere from then on.
    result<void> remove(std::string_view path);
    /// Gives it another place. References to it and into it are kept right, soft links are not.
    /// \return nothing; or errc::not_found, std::errc::file_exists, errc::bad_value (into itself)
    result<void> move(std::string_view from, std::string_view to);
    /// Copies an object with all that is in it; chunks that are blobs are shared, not copied.
    /// References in the copy lead where they did.
    result<void> copy(std::string_view from, std::string_view to);
    /// Copies an object of another file. What lies in that file itself is copied, references to
    /// chunks elsewhere are taken over. References to objects that were not copied are kept where
    /// the same object is here, too, at the same path and with the same id.
    /// \return a line for each reference and soft link that leads nowhere here: in attributes they
    ///   are left out, among elements they are null; or errc::not_found, std::errc::file_exists, or
    ///   what reading and storing fail with
    result<std::vector<std::string>>
    copy_from(file const& source, std::string_view from, std::string_view to);
    /// Makes a soft link. \param target  an absolute path, or one from the link's group; it need
    /// not be there
    result<void> link(std::string_view path, std::string_view target);
};

class dataset : public object {
public:
    using object::object;

    /// Empty for a scalar.
    result<std::vector<std::uint64_t>> shape() const;
    result<std::vector<std::uint64_t>> chunks() const;
    result<element_type> type() const;

    // Writing. `part` is one slice per dimension; none: everything. Elements come in C order, as
    // many as the part has. Of chunks that lie in other files, those that are touched become chunks
    // of this one; all others stay where they are.
    // \return nothing; or errc::bad_value (number of elements, part, a value that does not fit),
    //   errc::unsupported (codecs that are only read, data in a linked HDF5 file), or what reading
    //   a chunk that is changed in part fails with

    template <number T>
    result<void> write(std::vector<T> const& values, hyperslab const& part = {})
    {
        return write(native_numbers(std::span<T const>(values)), part);
    }
    result<void> write(std::vector<bool> const& values, hyperslab const& part = {});
    result<void> write(native_numbers const& values, hyperslab const& part = {});
    result<void> write(std::vector<std::string> const& texts, hyperslab const& part = {});
    /// References; an empty path is a null one.
    result<void> write(std::vector<object_path> const& targets, hyperslab const& part = {});
    /// Elements of any type as JSON: rows of compounds are lists, references
    /// `{"_REFERENCE": {"path": "/x"}}` or null.
    result<void> write_json(std::vector<std::string> const& elements, hyperslab const& part = {});
    /// Items as they are in chunks: type().dtype() says how.
    result<void> write_items(std::span<std::byte const> items, hyperslab const& part = {});

    /// New elements have the fill value. \param shape  of as many dimensions
    result<void> resize(std::vector<std::uint64_t> const& shape);
    /// Makes the first dimension longer and writes there.
    /// \param values  whole rows
    template <number T>
    result<void> append(std::vector<T> const& values)
    {
        return append(native_numbers(std::span<T const>(values)));
    }
    result<void> append(native_numbers const& values);

    // Reading; `file::snapshot` has every type, and data of linked files.

    /// Elements as JSON. \return errc::unsupported: dates, complex numbers, linked data, ...
    result<std::vector<std::string>> read_json(hyperslab const& part = {}) const;
    /// Items as they are in chunks, of types that have a fixed size.
    result<lindi::bytes> read_items(hyperslab const& part = {}) const;
};

struct file_options {
    store_options store{};
    /// Client, cache and trust for the files that references lead to.
    open::tree_options from{};
};

class file {
public:
    /// \return the file; or what reference_store::open says
    static result<file> open(std::string const& path, open_mode mode, file_options options = {});

    group root() const { return {state_, std::string()}; }
    /// \return errc::not_found
    result<object> at(std::string_view path) const;

    /// Writes all changes: see reference_store::flush.
    result<void> flush();
    /// The file with all changes made so far, and none made later, for everything that reads files.
    /// It must not outlive the last handle. Costs as much as writing and opening the document.
    result<lindi::file> snapshot();
    /// Keys as they are stored. Chunks that are being filled may not be in it before `flush`.
    reference_store& store() noexcept;

private:
    friend class group;
    explicit file(file_ptr state) noexcept : state_(std::move(state)) {}

    file_ptr state_;
};

}  // namespace lindi::edit
