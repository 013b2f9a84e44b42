#include <lindi/core/checked.hpp>
#include <lindi/node/heap_store.hpp>

#include <algorithm>

namespace lindi::node {

void heap_store::add(
    std::uint64_t address, block bytes, result<std::vector<hdf5::heap_object>> objects
)
{
    if (objects)
        std::stable_sort(objects->begin(), objects->end(), [](auto const& a, auto const& b) {
            return a.index < b.index;
        });
    collections_.emplace(address, collection{std::move(bytes), std::move(objects)});
}

result<std::uint64_t> heap_store::reserve(std::uint64_t count)
{
    auto const first = reserved_;
    auto const next = checked_add(first, count);
    if (!next || *next == hdf5::undefined_address)
        return error(errc::too_large, error::nowhere, "texts", "they are in too many places");
    reserved_ = *next;
    return first;
}

result<block_view> heap_store::find(hdf5::global_heap_id id) const
{
    auto const found = collections_.find(id.collection);
    if (found == collections_.end())
        return error(errc::not_found, id.collection, "global heap collection", "it was not read");
    auto const& objects = found->second.objects;
    if (!objects)
        return objects.error();
    auto const place = std::lower_bound(
        objects->begin(),
        objects->end(),
        id.index,
        [](hdf5::heap_object const& object, std::uint32_t index) { return object.index < index; }
    );
    if (place == objects->end() || place->index != id.index)
        return error(
            errc::not_found,
            found->second.bytes.view.at,
            "global heap collection",
            "no object " + std::to_string(id.index)
        );
    return place->data;
}

}  // namespace lindi::node
