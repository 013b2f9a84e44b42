#include "array_maker.hpp"

#include "bounded_reads.hpp"
#include "chunk_key.hpp"
#include "object_types.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/lindi/array_decoder.hpp>
#include <lindi/zarr/stored_type.hpp>

#include <algorithm>

namespace lindi::rfs {
namespace {

using form = zarr::stored_type::form;

std::vector<std::uint64_t> grid_of(zarr::array_form const& array)
{
    std::vector<std::uint64_t> grid;
    for (std::size_t i = 0; i < array.shape.size(); ++i)
        grid.push_back(divide_up(array.shape[i], array.chunks[i]));
    return grid;
}

bool is_scalar(pending_array const& array)
{
    auto const& shape = array.form.shape;
    return shape.empty() || (array.about.notes.is_scalar && shape.size() == 1 && shape[0] == 1);
}

/// The key, as it stands in the document if it has no escapes.
std::string_view plain_key(std::string_view raw, std::string& unescaped)
{
    if (raw.find('\\') == raw.npos)
        return raw;
    unescaped = key_text(raw);
    return unescaped;
}

/// Why the chunks of an array cannot be read, whatever they hold.
result<void> check_form(zarr::array_form const& array)
{
    auto const refuse = [](std::string why) {
        return error(errc::unsupported, error::nowhere, ".zarray", std::move(why));
    };
    bool const objects = array.type.how == form::objects;
    bool const object_codec =
        !array.filters.empty() && zarr::is_object_codec(array.filters.front());
    if (objects && !object_codec)
        return refuse("objects without a codec that is known");
    if (!objects && object_codec)
        return refuse("an object codec for items that are no objects");
    if (objects && array.fortran_order && array.chunks.size() > 1)
        return refuse("objects in Fortran order");
    return {};
}

/// What listings show of the codecs.
hdf5::filter_pipeline filters_of(zarr::array_form const& array)
{
    hdf5::filter_pipeline out;
    auto const add = [&out](zarr::codec_call const& call) {
        hdf5::filter filter;
        filter.id = zarr::filter_of_codec(call.id);
        filter.name = call.id;
        out.filters.push_back(std::move(filter));
    };
    for (auto const& call : array.filters)
        add(call);
    if (array.compressor)
        add(*array.compressor);
    return out;
}

hdf5::dataspace space_of(pending_array const& array)
{
    hdf5::dataspace out;
    if (is_scalar(array))
        return out;
    out.what = hdf5::dataspace::kind::simple;
    out.extents = array.form.shape;
    out.max_extents = array.form.shape;
    return out;
}

/// A text as fill value: of texts of any kind. \return the element; none when it is empty
result<lindi::bytes> text_fill(pending_array const& array, node::file& f)
{
    json_reader r(array.form.fill_value, "fill value");
    if (r.kind() != json_kind::text || !array.form.type.element)
        return lindi::bytes();
    auto const text = r.take_text();
    if (!r.ok() || text.empty())
        return lindi::bytes();
    if (text.find('\0') != text.npos)
        return error(errc::unsupported, error::nowhere, "fill value", "a text with a NUL inside");
    auto const collection = f.contents.heap.reserve(1);
    if (!collection)
        return collection.error();
    node::heap_builder heap(*collection);
    lindi::bytes element(node::heap_builder::element_size);
    heap.put(element, static_cast<std::uint32_t>(text.size()), as_bytes(text));
    auto made = heap.finish();
    f.contents.heap.add(*collection, std::move(made.bytes), std::move(made.objects));
    return element;
}

result<hdf5::fill_value> fill_of(pending_array const& array, node::file& f)
{
    hdf5::fill_value out;
    auto element = zarr::fill_element(array.form);
    if (!element)
        return element.error();
    if (array.form.type.how == form::unicode) {
        auto text = text_fill(array, f);
        if (!text)
            return text.error();
        if (!text->empty())
            *element = std::move(*text);
    }
    if (*element) {
        out.status = hdf5::fill_value::state::user;
        out.value = std::move(**element);
    } else if (array.form.fill_value == "null") {
        out.status = hdf5::fill_value::state::undefined;
    }
    return out;
}

}  // namespace

result<void> array_maker::add_array(array_object about)
{
    auto& object = f_->contents.objects[about.id];
    auto parsed = zarr::parse_array_form(about.metadata);
    if (!parsed) {
        object.problems.push_back(parsed.error());
        return {};
    }
    auto const cost = sizeof(pending_array) + sizeof(node::dataset) + 2 * about.path.size() + 1024;
    if (auto const spent = f_->budget().spend_memory(cost, 0); !spent)
        return spent;
    auto const codecs = parsed->filters.size() * sizeof(zarr::codec_call);
    auto const members = parsed->type.element ? parsed->type.element->members.size() : 0;
    auto const type = members * (sizeof(hdf5::compound_member) + sizeof(hdf5::datatype));
    if (auto const spent = f_->budget().spend_memory(codecs + type, 0); !spent)
        return spent;
    auto& added = arrays_.emplace_back();
    added.about = std::move(about);
    added.form = std::move(*parsed);
    added.grid = grid_of(added.form);
    if (auto const checked = check_form(added.form); !checked)
        added.failure = checked.error();
    by_path_.emplace(added.about.path, &added);
    return {};
}

pending_array* array_maker::find_array(std::string_view folder)
{
    if (last_array_ == nullptr || folder != last_folder_) {
        last_folder_ = folder;
        auto const found = by_path_.find(last_folder_);
        last_array_ = found == by_path_.end() ? nullptr : found->second;
    }
    return last_array_;
}

std::optional<array_maker::found_chunk> array_maker::find_chunk(std::string_view key)
{
    auto const [folder, leaf] = split(key);
    if (leaf.empty() || leaf[0] < '0' || leaf[0] > '9')
        return std::nullopt;
    auto* array = find_array(folder);
    // With slashes between the indices the array is further up.
    auto above = folder;
    for (std::size_t i = 1; array == nullptr && i < hdf5::max_rank && !above.empty(); ++i) {
        auto const last = split(above).leaf;
        if (last.empty() || last[0] < '0' || last[0] > '9')
            return std::nullopt;
        above = split(above).folder;
        array = find_array(above);
        if (array != nullptr && array->form.separator != '/')
            return std::nullopt;
    }
    if (array == nullptr)
        return std::nullopt;
    auto const text = key.substr(array->about.path.size() + 1);
    auto const number = parse_chunk_key(text, array->form.separator, array->grid);
    if (!number)
        return std::nullopt;
    return found_chunk{array, *number};
}

result<void> array_maker::make_tables()
{
    constexpr std::uint64_t cost_of_chunk = 24;
    for (auto& array : arrays_) {
        if (array.keys > f_->limits().chunks) {
            array.failure = error(errc::too_large, error::nowhere, "limit on chunks");
            array.keys = 0;  // no table
        }
        auto const slots = checked_product(array.grid).value_or(~std::uint64_t{0});
        bool const dense = slots / 2 <= array.keys + 32;
        auto const cost = std::max(dense ? slots : 0, array.keys) * cost_of_chunk;
        if (auto const spent = f_->budget().spend_memory(cost, 0); !spent)
            return spent;
        auto grid = is_scalar(array) ? std::vector<std::uint64_t>() : array.grid;
        array.table = node::chunk_table(std::move(grid), std::nullopt, dense);
    }
    return {};
}

void array_maker::place_chunk(std::size_t key, found_chunk const& chunk)
{
    auto& array = *chunk.array;
    if (array.failure)
        return;
    auto const place = places_->find(key);
    if (!place) {
        array.failure = place.error().within("chunk " + std::to_string(chunk.number));
        return;
    }
    array.table.add(chunk.number, {place->offset, place->size, 0});
    array.first_chunk = std::min(array.first_chunk.value_or(chunk.number), chunk.number);
}

result<void> array_maker::run(std::vector<array_object> arrays)
{
    for (auto& about : arrays)
        if (auto const added = add_array(std::move(about)); !added)
            return added;
    auto const& document = *in_->document;
    std::string unescaped;
    for (std::size_t i = 0; i < document.size(); ++i)
        if (auto const chunk = find_chunk(plain_key(document.raw_key(i), unescaped)))
            ++chunk->array->keys;
    if (auto const made = make_tables(); !made)
        return made;
    // Backwards: of keys that are there twice the last one counts, and a table keeps the first.
    for (std::size_t i = document.size(); i-- > 0;)
        if (auto const chunk = find_chunk(plain_key(document.raw_key(i), unescaped)))
            place_chunk(i, *chunk);
    for (auto& array : arrays_)
        if (!array.table.finish() && !array.failure)
            array.failure = error(errc::bad_value, error::nowhere, "chunks", "one is there twice");
    return {};
}

void array_maker::take_type(pending_array& array, result<block> const& stored)
{
    result<lindi::bytes> payload = lindi::bytes();
    if (!stored) {
        payload = stored.error();
    } else if (array.first_chunk) {
        bool const is_inline = stored->view.at < places_->inline_end();
        auto const elements = checked_product(array.form.chunks).value_or(0);
        auto const most = largest_payload(elements, f_->limits());
        payload = undo_codecs(array.form, is_inline, stored->view, most);
    }
    auto const type = payload
                          ? object_type(array.form, array.about.notes.compound_dtype, {*payload, 0})
                          : payload.error();
    if (type) {
        array.form.type.element = *type;
        return;
    }
    array.failure = type.error().within("chunk " + std::to_string(array.first_chunk.value_or(0)));
    // Structure stays known: the type without a look at the values.
    auto const guess = object_type(array.form, array.about.notes.compound_dtype, {});
    array.form.type.element = guess ? *guess : zarr::text_type();
}

task<void> array_maker::read_first_chunks(std::vector<pending_array*> arrays)
{
    std::vector<io::byte_range> ranges;
    std::vector<pending_array*> asked;
    for (auto* array : arrays) {
        auto const chunk = array->first_chunk && !array->failure
                               ? array->table.find(*array->first_chunk)
                               : std::nullopt;
        auto size = result<std::uint64_t>(chunk ? chunk->size : 0);
        if (size && *size == node::chunk_decoder::whole_file) {
            size = in_->files->size_of(chunk->offset);
            if (!size)
                array->failure = size.error();
        }
        if (chunk && size) {
            ranges.push_back({chunk->offset, *size});
            asked.push_back(array);
        } else {
            array->first_chunk.reset();
            take_type(*array, block{});
        }
    }
    std::function<void(std::size_t, result<block> const&)> const take =
        [&](std::size_t i, result<block> const& stored) { take_type(*asked[i], stored); };
    co_await read_bounded(*f_, ranges, take);
}

void array_maker::make_dataset(
    pending_array& array, std::shared_ptr<object_names const> const& names
)
{
    auto& object = f_->contents.objects[array.about.id];
    object.dataset = std::make_unique<node::dataset>();
    auto& data = *object.dataset;
    bool const scalar = is_scalar(array);
    data.type = array.form.type.element;
    data.space = space_of(array);
    data.layout = hdf5::layout_class::chunked;
    data.chunking.shape = scalar ? std::vector<std::uint64_t>() : array.form.chunks;
    data.chunking.element_size = data.type->size;
    data.filters = filters_of(array.form);
    data.chunks = std::move(array.table);
    data.unreadable = array.failure;
    auto fill = fill_of(array, *f_);
    if (fill)
        data.fill = std::move(*fill);
    else if (!data.unreadable)
        data.unreadable = fill.error();

    array_chunks about;
    about.elements = checked_product(array.form.chunks).value_or(0);
    about.element = data.type;
    about.names = names;
    about.inline_end = places_->inline_end();
    about.files = in_->files;
    if (data.type->needs_heap()) {
        auto const first = f_->contents.heap.reserve(data.chunks->grid_size());
        if (first)
            about.first_collection = *first;
        else if (!data.unreadable)
            data.unreadable = first.error();
    }
    about.form = std::move(array.form);
    data.decoder = std::make_shared<array_decoder const>(std::move(about));
    if (array.about.notes.external && in_->link)
        data.link = in_->link(*array.about.notes.external);
    else if (array.about.notes.external && !data.unreadable)
        data.unreadable = error(errc::unsupported, error::nowhere, "dataset in another file");
    if (data.unreadable)
        object.problems.push_back(*data.unreadable);
}

task<void> array_maker::finish(std::shared_ptr<object_names const> names)
{
    std::vector<pending_array*> objects;
    for (auto& array : arrays_)
        if (array.form.type.how == form::objects && !array.failure)
            objects.push_back(&array);
        else if (array.form.type.how == form::objects)
            array.form.type.element = zarr::text_type();
    co_await read_first_chunks(std::move(objects));
    for (auto& array : arrays_)
        make_dataset(array, names);
}

}  // namespace lindi::rfs
