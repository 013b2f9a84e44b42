#include <lindi/node/chunk_cache.hpp>

#include <functional>

namespace lindi::node {

std::size_t chunk_cache::key_hash::operator()(key const& k) const noexcept
{
    constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;
    return std::hash<dataset const*>{}(k.data) ^ static_cast<std::size_t>(k.number * golden);
}

void chunk_cache::set_capacity(std::uint64_t bytes)
{
    std::lock_guard const lock(mutex_);
    capacity_ = bytes;
    drop_to(capacity_);
}

chunk_cache::elements chunk_cache::find(dataset const& data, std::uint64_t number)
{
    std::lock_guard const lock(mutex_);
    auto const found = places_.find({&data, number});
    if (found == places_.end())
        return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->decoded;
}

void chunk_cache::keep(dataset const& data, std::uint64_t number, lindi::bytes decoded)
{
    std::lock_guard const lock(mutex_);
    auto const size = decoded.size();
    key const at{&data, number};
    if (size > capacity_ / 8 || places_.contains(at))
        return;
    drop_to(capacity_ - size);
    entries_.push_front({at, std::make_shared<lindi::bytes const>(std::move(decoded))});
    places_.emplace(at, entries_.begin());
    size_ += size;
}

void chunk_cache::drop_to(std::uint64_t bytes)
{
    while (size_ > bytes) {
        auto const& last = entries_.back();
        size_ -= last.decoded->size();
        places_.erase(last.at);
        entries_.pop_back();
    }
}

}  // namespace lindi::node
