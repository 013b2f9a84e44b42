/// \file
/// Large parts cut into pieces that are read one after the other.

#pragma once

#include <lindi/array/hyperslab.hpp>

#include <optional>

namespace lindi::array {

/// Cuts a part into pieces of bounded size that follow one another in C order: their elements, one
/// piece after the other, are the part's elements. Where chunks are given, cuts fall between them
/// along the dimension that is cut, if a piece holds at least one.
class piece_list {
public:
    /// \param part          check_hyperslab accepted it
    /// \param max_elements  of a piece, at least 1
    /// \param chunk_shape   of a chunked dataset; empty otherwise
    piece_list(
        hyperslab part, std::uint64_t max_elements, std::span<std::uint64_t const> chunk_shape
    );

    /// \return the next piece, never empty; none after the last
    std::optional<hyperslab> next();

private:
    std::uint64_t run_length() const;

    hyperslab part_;
    std::size_t split_ = 0;          ///< dimension that is cut; those before are walked one by one
    std::uint64_t most_ = 1;         ///< elements of it in a piece
    std::uint64_t chunk_ = 1;        ///< extent of a chunk along it
    std::vector<std::uint64_t> at_;  ///< of the next piece, in elements of the part, up to `split_`
    bool done_;
};

}  // namespace lindi::array
