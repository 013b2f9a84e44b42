/// \file
/// The payload of object arrays: numcodecs' json2 codec.

#pragma once

#include <lindi/lindi/element_text.hpp>
#include <lindi/zarr/dtype.hpp>

namespace lindi::rfs {

struct json2_payload {
    std::string text;
    std::string
        compound_dtype;  ///< JSON of `_COMPOUND_DTYPE`; empty unless the elements are compounds
};

/// One JSON list: the elements nested by dimension, then "|O" and the shape.
///
/// \param elements  in C order, in the file's type
/// \param shape     of the Zarr array; \pre elements hold that many
/// \param text      with bare non-finite numbers
/// \return the payload; or errc::unsupported, errc::too_large, or what decoding fails with
[[nodiscard]] result<json2_payload> json2_of(
    zarr::item_type const& item,
    std::span<std::byte const> elements,
    std::span<std::uint64_t const> shape,
    element_text const& text
);

}  // namespace lindi::rfs
