#include <lindi/io/patch_set.hpp>

#include <algorithm>
#include <cstring>

namespace lindi::io {

void patch_set::add(block bytes)
{
    auto const at = bytes.view.at;
    patches_.insert_or_assign(at, std::move(bytes));
}

std::optional<block> patch_set::find(byte_range range) const
{
    auto after = patches_.upper_bound(range.offset);
    if (after == patches_.begin())
        return std::nullopt;
    auto const& patch = std::prev(after)->second;
    auto const skip = range.offset - patch.view.at;
    if (skip > patch.view.size() || range.size > patch.view.size() - skip)
        return std::nullopt;
    auto const part =
        patch.view.sub(static_cast<std::size_t>(skip), static_cast<std::size_t>(range.size));
    return block{patch.owner, part};
}

block patch_set::apply(block from_file) const
{
    auto const begin = from_file.view.at;
    auto const end = begin + from_file.view.size();
    std::shared_ptr<std::byte[]> copy;
    // Patches are short and do not nest: the one before the range may still reach into it.
    auto first = patches_.upper_bound(begin);
    if (first != patches_.begin())
        --first;
    for (auto p = first; p != patches_.end() && p->first < end; ++p) {
        auto const& patch = p->second.view;
        auto const from = std::max(begin, patch.at);
        auto const to = std::min(end, patch.at + patch.size());
        if (from >= to)
            continue;
        if (!copy) {
            copy = std::make_shared_for_overwrite<std::byte[]>(from_file.view.size());
            std::memcpy(copy.get(), from_file.view.bytes.data(), from_file.view.size());
        }
        std::memcpy(copy.get() + (from - begin), patch.bytes.data() + (from - patch.at), to - from);
    }
    if (copy)
        from_file = block{copy, {{copy.get(), from_file.view.size()}, begin}};
    return from_file;
}

}  // namespace lindi::io
