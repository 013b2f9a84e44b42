#include "array_maker.hpp"
#include "bounded_reads.hpp"

#include <lindi/lindi/read_tree.hpp>

namespace lindi::rfs {
namespace {

/// Metadata that does not stand in the document.
struct metadata_read {
    metadata_key* key;
    io::byte_range place;
};

/// What the document says itself; the rest is left to be read.
void take_metadata(
    metadata_key& key,
    tree_input const& in,
    content_places& places,
    std::vector<metadata_read>& left
)
{
    if (!key.there())
        return;
    auto const value = in.document->value(key.key);
    if (!value) {
        key.failure = value.error();
        return;
    }
    if (auto const* const content = std::get_if<inline_content>(&*value)) {
        key.text = content->raw;
        if (content->raw.starts_with('{'))
            return;
        auto const decoded = decode_inline(content->raw);
        if (decoded)
            key.owned = as_text(*decoded);
        else
            key.failure = decoded.error();
        key.text = key.owned;
        return;
    }
    auto place = places.find(key.key);
    if (place && place->size == node::chunk_decoder::whole_file) {
        auto const size = in.files->size_of(place->offset);
        place = size ? result<io::byte_range>(io::byte_range{place->offset, *size}) : size.error();
    }
    if (place)
        left.push_back({&key, *place});
    else
        key.failure = place.error();
}

task<void>
load_metadata(node::file& f, document_index& index, tree_input const& in, content_places& places)
{
    std::vector<metadata_read> left;
    for (auto& [path, keys] : index)
        for (auto* const key : {&keys.array, &keys.attributes})
            take_metadata(*key, in, places, left);
    std::vector<io::byte_range> ranges;
    for (auto const& read : left)
        ranges.push_back(read.place);
    std::function<void(std::size_t, result<block> const&)> const take =
        [&](std::size_t i, result<block> const& stored) {
            auto& key = *left[i].key;
            auto const spent = f.budget().spend_memory(left[i].place.size, left[i].place.offset);
            if (stored && spent)
                key.owned = as_text(stored->view.bytes);
            else
                key.failure = stored ? spent.error() : stored.error();
            key.text = key.owned;
        };
    co_await read_bounded(f, ranges, take);
}

}  // namespace

task<result<void>> read_tree(node::file& f, tree_input input)
{
    auto index = index_document(*input.document, f.budget());
    if (!index)
        co_return index.error();
    content_places places(input, f.budget());
    co_await load_metadata(f, *index, input, places);
    object_maker objects(f, *index);
    auto const made = objects.run();
    if (!made)
        co_return made;
    array_maker arrays(f, input, places);
    auto const found = arrays.run(std::move(objects.arrays()));
    if (!found)
        co_return found;
    co_await arrays.finish(objects.names());
    f.contents.file.name = f.reader().name();
    co_return result<void>();
}

}  // namespace lindi::rfs
