/// \file
/// Global heap collections that were read: what variable-length elements point to.

#pragma once

#include <lindi/hdf5/global_heap.hpp>

#include <unordered_map>

namespace lindi::node {

class heap_store {
public:
    bool contains(std::uint64_t address) const { return collections_.contains(address); }
    /// Keeps a collection with the error that reading it gave, so that it is asked for once.
    void add(std::uint64_t address, block bytes, result<std::vector<hdf5::heap_object>> objects);

    /// Sets addresses aside for collections that no file has: what was made of other formats.
    /// \return the first one; or errc::too_large
    result<std::uint64_t> reserve(std::uint64_t count);

    /// The bytes of a heap object, which live as long as the store.
    /// \return errc::not_found (no such object, or its collection was not read), or why the
    /// collection is broken
    result<block_view> find(hdf5::global_heap_id id) const;

private:
    struct collection {
        block bytes;
        result<std::vector<hdf5::heap_object>> objects;  ///< sorted by index
    };
    std::unordered_map<std::uint64_t, collection> collections_;
    std::uint64_t reserved_ = std::uint64_t{1} << 62;  ///< no file is that long
};

}  // namespace lindi::node
