/// \file
/// JSON values as elements: what object arrays and attributes are made of.

#pragma once

#include <lindi/lindi/object_names.hpp>
#include <lindi/node/heap_builder.hpp>

#include <memory>

namespace lindi::rfs {

/// What an element needs besides its place.
struct element_parts {
    node::heap_builder& heap;   ///< for what is of variable length
    object_names const& names;  ///< for references
    /// The number 0 stands for nothing where no number can be: Zarr's fill value of objects.
    bool zero_is_null = false;
};

/// Reads one value into an element. Fails when the value is not one of the type: nothing is
/// rounded to fit but floats, no text is cut.
/// \param type     what `json_kinds` gives, and fields of _COMPOUND_DTYPE
/// \param element  type.size bytes, all zero
void take_element(
    json_reader& r,
    hdf5::datatype const& type,
    std::span<std::byte> element,
    element_parts const& to
);

/// Finds out the type that values have in common.
class json_kinds {
public:
    /// Passes over one value and takes note of what it is.
    void look(json_reader& r);

    /// Whether there was anything but nulls.
    bool saw_values() const noexcept;

    /// Texts (also for nothing but nulls), references, booleans, integers of 8 bytes, doubles, or
    /// sequences of one of these.
    /// \return the type; or errc::unsupported: values of different kinds, or other objects
    result<hdf5::datatype_ptr> type() const;

private:
    void look_at_number(json_reader& r);
    void look_at_object(json_reader& r);
    bool numbers() const noexcept { return whole_ || large_ || real_; }
    /// Zeros next to other things are Zarr's fill value.
    bool others() const noexcept { return texts_ || references_ || items_; }

    bool nulls_ = false, texts_ = false, references_ = false, booleans_ = false, objects_ = false;
    bool zeros_ = false, whole_ = false, negative_ = false, large_ = false, real_ = false;
    std::unique_ptr<json_kinds> items_;  ///< of lists
};

}  // namespace lindi::rfs
