/// \file
/// Variable-length elements, without decoding what is in them.

#pragma once

#include <lindi/node/graph.hpp>

#include <span>

namespace lindi::node {

/// The elements that a variable-length element points to.
struct sequence {
    bool null = false;        ///< never written
    std::uint64_t count = 0;  ///< of elements, or of characters
    std::span<std::byte const>
        elements{};  ///< whole ones; empty when null. Live as long as the graph
};

/// \param type     of class variable_length
/// \param element  type.size bytes
/// \return the sequence; or errc::not_found (heap object), errc::truncated (shorter than it should
/// be)
[[nodiscard]] result<sequence>
find_sequence(graph const& g, hdf5::datatype const& type, std::span<std::byte const> element);

}  // namespace lindi::node
