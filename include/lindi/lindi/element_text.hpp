/// \file
/// Elements as JSON values: what attributes and the json2 payload are made of.

#pragma once

#include <lindi/lindi/object_reference.hpp>
#include <lindi/zarr/float_text.hpp>

#include <functional>
#include <span>
#include <utility>

namespace lindi::rfs {

/// Writes elements of any type that has a JSON form. A bound on the text stands guard against heap
/// objects that many elements share.
class element_text {
public:
    /// \param g      resolves heap ids; outlives this
    /// \param names  outlives this
    element_text(
        node::graph const& g,
        reference_names const& names,
        zarr::non_finite style,
        std::uint64_t max
    )
        : graph_(&g), names_(&names), style_(style), max_(max)
    {}

    /// Appends one element: numbers, true and false, strings, references (null for null ones and
    /// those that lead nowhere), lists for compounds, arrays and variable-length sequences.
    /// \param element  at least type.size bytes
    /// \return nothing; or errc::unsupported (no JSON form), errc::too_large, or what decoding
    ///   fails with
    result<void>
    append(std::string& out, hdf5::datatype const& type, std::span<std::byte const> element) const;

    /// The bytes of a string element, fixed or variable.
    result<std::string>
    read_text(hdf5::datatype const& type, std::span<std::byte const> element) const;

    std::uint64_t max() const noexcept { return max_; }
    /// References written as null since the last call although they are not null.
    std::uint64_t take_lost_references() const noexcept
    {
        return std::exchange(lost_references_, 0);
    }

private:
    result<void> append_members(
        std::string& out, hdf5::datatype const& type, std::span<std::byte const> element
    ) const;
    result<void> append_sequence(
        std::string& out, hdf5::datatype const& type, std::span<std::byte const> element
    ) const;
    result<void> append_many(
        std::string& out,
        hdf5::datatype const& type,
        std::uint64_t count,
        std::span<std::byte const> all
    ) const;
    result<void> append_reference(
        std::string& out, hdf5::datatype const& type, std::span<std::byte const> element
    ) const;

    node::graph const* graph_;
    reference_names const* names_;
    zarr::non_finite style_;
    std::uint64_t max_;
    mutable std::uint64_t lost_references_ = 0;
};

/// Appends the nested list of a shape; `one(i)` appends element i. A shape without dimensions is
/// one element. Empty lists inside count as text against `max`.
/// \return nothing; or errc::too_large; or what `one` fails with
result<void> append_nested(
    std::string& out,
    std::span<std::uint64_t const> shape,
    std::uint64_t max,
    std::function<result<void>(std::uint64_t)> const& one
);

}  // namespace lindi::rfs
