/// \file
/// A union of blocks of a grid in normal form, whatever blocks it was made of.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace lindi::tools {

/// Spans of the slowest dimension, ascending, none touching the next with the same content.
/// Equal unions have equal trees; so their blocks and their numbers of elements are equal too.
class block_set {
public:
    /// Corners, both inside.
    struct block {
        std::vector<std::uint64_t> first;  ///< shape [rank]
        std::vector<std::uint64_t> last;
    };
    /// One dimension of a product of equal, equally spaced runs.
    struct slab {
        std::uint64_t start = 0, stride = 1, count = 1, block = 1;
    };

    /// \param corners  2 * rank numbers a block: first corner, last corner; blocks may overlap
    /// \return none when a corner is turned round, or the union takes too long to work out
    static std::optional<block_set> make(std::span<std::uint64_t const> corners, std::size_t rank);

    /// One slab a dimension, when the union is a regular grid of equal blocks.
    std::optional<std::vector<slab>> as_regular() const;
    /// None when it does not fit 64 bits.
    std::optional<std::uint64_t> element_count() const;
    std::optional<std::uint64_t> block_count() const;
    /// The blocks in order. \pre block_count() is small enough
    std::vector<block> blocks() const;

private:
    struct span_list;
    using spans = std::shared_ptr<span_list const>;
    struct builder;

    explicit block_set(spans root) : root_(std::move(root)) {}

    spans root_;
};

}  // namespace lindi::tools
