#include "chunk_buffer.hpp"

namespace lindi::edit {

chunk_buffer::buffered* chunk_buffer::find(std::string const& key)
{
    auto const found = chunks_.find(key);
    return found == chunks_.end() ? nullptr : &found->second;
}

result<chunk_buffer::buffered*>
chunk_buffer::add(reference_store& to, std::string const& key, buffered chunk)
{
    auto const size = chunk.chunk.memory();
    if (used_ + size > capacity && !chunks_.empty()) {
        if (auto const settled = settle(to); !settled)
            return settled.error();
        chunks_.clear();
        used_ = 0;
    }
    used_ += size;
    return &chunks_.insert_or_assign(key, std::move(chunk)).first->second;
}

result<void> chunk_buffer::settle(reference_store& to)
{
    for (auto& [key, b] : chunks_) {
        if (!b.changed)
            continue;
        auto const encoded = encode_chunk(*b.array, b.chunk);
        if (!encoded)
            return encoded.error().within(key);
        if (auto const put = to.put_bytes(key, *encoded); !put)
            return put.error().within(key);
        b.changed = false;
    }
    return {};
}

void chunk_buffer::drop(std::string const& key)
{
    auto const found = chunks_.find(key);
    if (found == chunks_.end())
        return;
    used_ -= std::min(used_, found->second.chunk.memory());
    chunks_.erase(found);
}

void chunk_buffer::drop_all(std::string_view prefix)
{
    for (auto at = chunks_.begin(); at != chunks_.end();) {
        bool const below = at->first.starts_with(prefix);
        if (below)
            used_ -= std::min(used_, at->second.chunk.memory());
        at = below ? chunks_.erase(at) : std::next(at);
    }
}

}  // namespace lindi::edit
