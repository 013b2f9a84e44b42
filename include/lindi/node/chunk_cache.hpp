/// \file
/// Decoded chunks that were read lately: programs read neighbouring rows one after the other.

#pragma once

#include <lindi/core/bytes.hpp>

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace lindi::node {

struct dataset;

/// Least recently used chunks go first. Safe from any thread.
class chunk_cache {
public:
    using elements = std::shared_ptr<lindi::bytes const>;

    /// \param capacity  bytes of elements; 0: nothing is kept
    explicit chunk_cache(std::uint64_t capacity = 0) noexcept : capacity_(capacity) {}

    void set_capacity(std::uint64_t bytes);

    /// \param number  of the chunk in the grid, C order
    /// \return the chunk's elements, or null
    elements find(dataset const& data, std::uint64_t number);
    /// Chunks of over an eighth of the capacity are not kept: they would push out all others.
    void keep(dataset const& data, std::uint64_t number, lindi::bytes decoded);

private:
    struct key {
        dataset const* data;
        std::uint64_t number;
        friend bool operator==(key const&, key const&) = default;
    };
    struct key_hash {
        std::size_t operator()(key const& k) const noexcept;
    };
    struct entry {
        key at;
        elements decoded;
    };

    void drop_to(std::uint64_t bytes);

    std::mutex mutex_;
    std::uint64_t capacity_;
    std::uint64_t size_ = 0;
    std::list<entry> entries_;  ///< last used first
    std::unordered_map<key, std::list<entry>::iterator, key_hash> places_;
};

}  // namespace lindi::node
