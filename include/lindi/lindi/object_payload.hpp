/// \file
/// Payloads of object arrays: json2, vlen-utf8 and vlen-bytes of numcodecs.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/json_reader.hpp>

#include <functional>
#include <span>

namespace lindi::rfs {

/// Reads a json2 payload: a list of the items, nested by dimension, then the dtype and the shape.
/// \param shape  of the chunk, as .zarray says; another one in the payload is an error
/// \param item   reads one value; called in C order
/// \return nothing; or errc::truncated, errc::bad_value
[[nodiscard]] result<void> read_json2(
    block_view payload,
    std::span<std::uint64_t const> shape,
    std::function<void(json_reader&)> const& item
);

/// Reads a payload of vlen-utf8 or vlen-bytes: the number of items, then each with its length; all
/// numbers of 32 bits, little-endian.
/// \param count  of items
/// \param item   takes the bytes of one
/// \return nothing; or errc::truncated, errc::bad_value (another number of items)
[[nodiscard]] result<void> read_vlen(
    block_view payload,
    std::uint64_t count,
    std::function<void(std::span<std::byte const>)> const& item
);

}  // namespace lindi::rfs
