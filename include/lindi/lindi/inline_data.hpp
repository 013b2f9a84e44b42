/// \file
/// Datasets that go into the LINDI file itself: their data, and the chunk that becomes of them.

#pragma once

#include <lindi/lindi/element_text.hpp>
#include <lindi/lindi/plan.hpp>

#include <unordered_map>

namespace lindi::rfs {

/// Elements of datasets in the file's type, all of them in C order; or why they could not be read.
using inline_data = std::unordered_map<node::object_id, result<lindi::bytes>>;

struct inline_chunk {
    lindi::bytes encoded;
    std::string dtype;           ///< of .zarray: strings in scalars are as wide as their value
    std::string compound_dtype;  ///< JSON of `_COMPOUND_DTYPE`; empty for other types
};

/// Encodes the one chunk of an array.
/// \param elements  element_count() elements
/// \param text      with bare non-finite numbers
/// \return the chunk; or errc::unsupported, errc::too_large, or what decoding fails with
[[nodiscard]] result<inline_chunk> encode_inline(
    node::dataset const& data,
    dataset_plan const& plan,
    std::span<std::byte const> elements,
    element_text const& text
);

/// `_COMPOUND_DTYPE` of a dataset whose data are not there; empty for other types and those without
/// a form.
std::string compound_dtype_without_data(zarr::item_type const& item);

}  // namespace lindi::rfs
