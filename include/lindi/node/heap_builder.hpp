/// \file
/// Makes a global heap collection that no file has: for elements of variable length that come from
/// other formats.

#pragma once

#include <lindi/hdf5/global_heap.hpp>

namespace lindi::node {

class heap_builder {
public:
    /// Bytes of a variable-length element: count, address and index, as in files with addresses of
    /// 8 bytes.
    static constexpr std::size_t element_size = 16;

    /// \param collection  address, from heap_store::reserve
    explicit heap_builder(std::uint64_t collection) noexcept : collection_(collection) {}

    std::uint64_t collection() const noexcept { return collection_; }
    bool empty() const noexcept { return sizes_.empty(); }

    /// Adds an object and names it in an element.
    /// \param element  element_size bytes
    /// \param count    parts of the element: characters, or items of the base type
    /// \return false, and nothing added, when there are 2^32 objects already
    bool put(std::span<std::byte> element, std::uint32_t count, std::span<std::byte const> data);

    struct contents {
        block bytes;
        std::vector<hdf5::heap_object> objects;
    };
    /// What was put, for heap_store::add.
    contents finish();

private:
    std::uint64_t collection_;
    lindi::bytes data_;
    std::vector<std::size_t> sizes_;
};

}  // namespace lindi::node
