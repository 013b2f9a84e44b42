/// \file
/// What a new dataset is to be.

#pragma once

#include <lindi/edit/element_type.hpp>

#include <optional>
#include <string>
#include <vector>

namespace lindi::edit {

/// How chunks are made smaller. Only what every reader of LINDI undoes: Python lindi adds zeros to
/// short chunks before it decodes them, which zstd and lz4 do not survive.
enum class compression : std::uint8_t {
    none,
    gzip,
    zlib,
    blosc,  ///< LZ4 behind a shuffle
};

struct filter_spec {
    compression how = compression::blosc;
    int level = 4;         ///< gzip, zlib: 0 to 9
    bool shuffle = false;  ///< numbers: bytes of the same weight side by side, in front of gzip or
                           ///< zlib; Blosc has its own
};

struct dataset_spec {
    element_type type;
    /// Empty: a scalar.
    std::vector<std::uint64_t> shape{};
    /// `unlimited` for dimensions that are going to grow. LINDI keeps no maximum: it bounds the
    /// shape now, and says where chunks should be cut.
    std::vector<std::uint64_t> max_shape{};
    /// Empty: chosen, see `choose_chunks`.
    std::vector<std::uint64_t> chunks{};
    /// Of elements never written, as JSON: a number, a boolean, a text. Empty: 0, false, "".
    std::string fill{};
    filter_spec filters{};
};

/// Chunks of at most 4 MiB: whole rows of the last dimensions, as many as fit.
/// \param shape      not empty
/// \param max_shape  empty, or as long as `shape`; larger where the dataset is going to grow
/// \param item_size  bytes, at least 1
/// \return as many extents as `shape` has, none of them 0
std::vector<std::uint64_t> choose_chunks(
    std::vector<std::uint64_t> const& shape,
    std::vector<std::uint64_t> const& max_shape,
    std::uint64_t item_size
);

}  // namespace lindi::edit
