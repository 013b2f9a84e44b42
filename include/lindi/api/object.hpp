/// \file
/// What is in a file: groups, datasets, committed types, and what hangs on them.
///
/// Handles: cheap to copy, they keep the file open. Structure may be looked at from any thread;
/// reading of data waits for its turn.

#pragma once

#include <lindi/api/convert.hpp>
#include <lindi/api/selection.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lindi {

namespace api {
class session;
using session_ptr = std::shared_ptr<session>;
}  // namespace api

using node::object_kind;

/// Anything with a type, a shape and elements: what attributes and datasets have in common.
class array_info {
public:
    /// Extents; empty for a scalar and for a null dataspace.
    std::vector<std::uint64_t> const& shape() const noexcept { return space_->extents; }
    /// Whether there are no elements by definition (h5py: Empty).
    bool is_null() const noexcept { return space_->what == hdf5::dataspace::kind::null; }
    std::uint64_t element_count() const noexcept { return space_->element_count(); }
    /// Of the elements in the file.
    hdf5::datatype const& type() const noexcept { return *type_; }

protected:
    array_info(hdf5::dataspace const& space, hdf5::datatype_ptr type) noexcept
        : space_(&space), type_(std::move(type))
    {}
    hdf5::dataspace const* space_;
    hdf5::datatype_ptr type_;
};

class attribute : public array_info {
public:
    attribute(api::session_ptr session, node::attribute const& of);

    std::string const& name() const noexcept { return of_->name; }

    /// The value of an attribute with one element.
    /// \tparam T  a number, std::string, object_path, value, or a std::vector of these
    /// \return the value; or errc::bad_value (several elements or none, see `convert`), ...
    template <class T>
    [[nodiscard]] result<T> as() const
    {
        T out{};
        if (element_count() != 1)
            return error(errc::bad_value, error::nowhere, "attribute", "it has not one element")
                .within(name());
        auto const done =
            visit([&](elements_view elements) { return convert(elements, std::span<T>(&out, 1)); });
        if (!done)
            return done.error();
        return out;
    }

    /// All elements in C order. \tparam T  as above, without bool (std::vector<bool> is no array)
    template <class T>
    [[nodiscard]] result<std::vector<T>> values() const
    {
        std::vector<T> out(static_cast<std::size_t>(element_count()));
        auto const done =
            visit([&](elements_view elements) { return convert(elements, std::span<T>(out)); });
        if (!done)
            return done.error();
        return out;
    }

    /// As JSON: a value, or lists as the shape says; see element_json.hpp. null for a null
    /// dataspace.
    [[nodiscard]] result<std::string> json() const;

    /// Calls `visit` with all elements. It must not read from the same file, which waits for it.
    /// \return as `visit`; or errc::truncated
    using visitor = std::function<result<void>(elements_view)>;
    [[nodiscard]] result<void> visit(visitor const& visit) const;

private:
    api::session_ptr session_;
    node::attribute const* of_;
};

class group;
class dataset;

class object {
public:
    object(api::session_ptr session, node::object_id id) noexcept;

    object_kind kind() const noexcept;
    /// The first path that leads to it, absolute.
    std::string const& path() const noexcept;
    /// Objects are the same when they are equal: several links may lead to one.
    friend bool operator==(object const& a, object const& b) noexcept
    {
        return a.session_ == b.session_ && a.id_ == b.id_;
    }

    std::optional<group> as_group() const;
    std::optional<dataset> as_dataset() const;

    /// In stored order.
    std::vector<attribute> attributes() const;
    /// \return the attribute; or errc::not_found
    [[nodiscard]] result<attribute> attr(std::string_view name) const;

    /// What of the object could not be read. The rest is right.
    std::vector<error> const& problems() const noexcept;

protected:
    node::object const& self() const noexcept;

    api::session_ptr session_;
    node::object_id id_;
};

/// A link of a group, followed where that is possible.
struct member {
    std::string name;
    node::link const* link;  ///< lives as long as the file
    std::optional<lindi::object>
        target;  ///< nothing for links that lead nowhere or out of the file
};

class group : public object {
public:
    using object::object;

    /// Links in byte order of their names.
    std::vector<member> members() const;
    std::size_t size() const noexcept;
    /// \param path  relative to this group, or absolute; soft links are followed
    bool contains(std::string_view path) const;
    /// \return what the path leads to; or errc::not_found
    [[nodiscard]] result<object> at(std::string_view path) const;
    /// As `at`; errc::bad_value when it is something else.
    [[nodiscard]] result<dataset> dataset_at(std::string_view path) const;
    [[nodiscard]] result<group> group_at(std::string_view path) const;

    /// Calls `visit` for each object below, once, parents first, in order of names.
    /// \param visit  returns false to end the walk
    void walk(std::function<bool(object const&)> const& visit) const;
};

class dataset : public object, public array_info {
public:
    dataset(api::session_ptr session, node::object_id id);

    /// Largest extents; node's `unlimited` (all ones) where there is none.
    std::vector<std::uint64_t> max_shape() const;
    /// Extents of a chunk; empty when the storage is not chunked.
    std::vector<std::uint64_t> chunks() const;
    hdf5::filter_pipeline const& filters() const noexcept { return data().filters; }
    /// Of elements never written: type().size bytes, or nothing for zeros.
    lindi::bytes const& fill_value() const noexcept { return data().fill.value; }
    /// One member of compound elements, as a dataset of its own. \return errc::not_found
    [[nodiscard]] result<dataset> field(std::string_view name) const;

    /// Shape of what `read` gives for a selection. \return errc::bad_value: it does not fit
    [[nodiscard]] result<std::vector<std::uint64_t>> shape_of(selection const& part) const;

    /// Elements in C order, converted.
    /// \tparam T  a number (not bool), std::string, object_path, value, std::vector of these
    /// \return the values; or errc::bad_value (selection, see `convert`), errc::missing_filter, or
    ///   what reading failed with
    template <class T>
    [[nodiscard]] result<std::vector<T>> read(selection const& part = {}) const
    {
        std::vector<T> out;
        auto const done = visit(part, [&](elements_view elements) {
            auto const first = out.size();
            out.resize(first + static_cast<std::size_t>(elements.count()));
            return convert(elements, std::span<T>(out).subspan(first));
        });
        if (!done)
            return done.error();
        return out;
    }

    /// As above into the caller's memory. \param out  as many as the selection has elements
    template <class T>
    [[nodiscard]] result<void> read_into(std::span<T> out, selection const& part = {}) const
    {
        auto rest = out;
        auto const done = visit(part, [&](elements_view elements) -> result<void> {
            auto const count = static_cast<std::size_t>(elements.count());
            if (count > rest.size())
                return wrong_size();
            auto const converted = convert(elements, rest.first(count));
            rest = rest.subspan(count);
            return converted;
        });
        return done && !rest.empty() ? wrong_size() : done;
    }

    /// Bytes of the elements as they are in the file: type().size for each, packed. Heap ids and
    /// references among them mean nothing outside of it.
    /// \param out  bytes of all elements of the selection
    [[nodiscard]] result<void> read_raw(std::span<std::byte> out, selection const& part = {}) const;

    /// Calls `visit` with the elements of the selection in C order, in pieces of at most 32 MiB or
    /// one element. It must not read from the same file, which waits for it. Texts and sequences
    /// stay in memory as long as the file is open, up to limits::memory.
    using visitor = std::function<result<void>(elements_view)>;
    [[nodiscard]] result<void> visit(selection const& part, visitor const& visit) const;

    /// What readings into memory of another size fail with.
    static error wrong_size();

private:
    node::dataset const& data() const noexcept { return *self().dataset; }
    result<void> read_in_place(std::span<std::byte> out, selection const& part) const;

    std::size_t field_offset_ = 0;  ///< of a member in an element
};

}  // namespace lindi
