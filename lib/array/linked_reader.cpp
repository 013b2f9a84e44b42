#include "linked_reader.hpp"

#include "same_bytes.hpp"

#include <lindi/array/read.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/node/heap_builder.hpp>
#include <lindi/node/heap_reader.hpp>
#include <lindi/node/linked_dataset.hpp>
#include <lindi/node/value.hpp>

#include <algorithm>
#include <cstring>

namespace lindi::array {
namespace {

constexpr char const* structure = "linked dataset";

using hdf5::type_class;

bool is_text(hdf5::datatype const& type)
{
    return type.is_variable_string || type.what == type_class::string;
}

/// Texts of any kind as variable-length ones.
result<void> copy_texts(
    node::file& f,
    node::linked_elements const& from,
    std::span<std::byte const> elements,
    std::span<std::byte> out
)
{
    auto const collection = f.contents.heap.reserve(1);
    if (!collection)
        return collection.error();
    node::heap_builder heap(*collection);
    auto const size = from.data->type->size;
    constexpr auto id_size = node::heap_builder::element_size;
    for (std::size_t i = 0; (i + 1) * size <= elements.size(); ++i) {
        auto const value = node::decode_value(
            *from.data->type, elements.subspan(i * size, size), from.where->contents
        );
        if (!value)
            return value.error();
        auto const* const text = std::get_if<node::text>(&value->is);
        if (text == nullptr)
            continue;
        // Texts that many elements share there are copies here.
        auto const held = text->bytes.size() + sizeof(hdf5::heap_object);
        if (auto const spent = f.budget().spend_memory(held, error::nowhere); !spent)
            return spent;
        auto const count = static_cast<std::uint32_t>(text->bytes.size());
        if (!heap.put(out.subspan(i * id_size, id_size), count, as_bytes(text->bytes)))
            return error(errc::too_large, error::nowhere, structure, "texts");
    }
    auto made = heap.finish();
    f.contents.heap.add(*collection, std::move(made.bytes), std::move(made.objects));
    return {};
}

/// Fixed strings of another padding: both say the same text.
void copy_fixed(
    hdf5::datatype const& from,
    std::span<std::byte const> elements,
    hdf5::datatype const& to,
    std::span<std::byte> out
)
{
    std::fill(out.begin(), out.end(), std::byte{0});
    for (std::size_t i = 0; (i + 1) * from.size <= elements.size(); ++i) {
        auto const text = node::trim_fixed_string(from, elements.subspan(i * from.size, from.size));
        std::memcpy(
            out.data() + i * to.size, text.data(), std::min<std::size_t>(text.size(), to.size)
        );
    }
}

task<result<void>>
read_foreign(node::linked_elements from, hyperslab part, std::span<std::byte> elements)
{
    auto const read = co_await read_into(*from.where, *from.data, std::move(part), elements);
    if (!read)
        co_return read;
    co_return co_await node::load_heaps(*from.where, from.data->type, elements);
}

result<void> convert(
    node::file& f,
    node::dataset const& data,
    node::linked_elements const& from,
    std::span<std::byte const> elements,
    std::span<std::byte> out
)
{
    auto const& theirs = *from.data->type;
    auto const& ours = *data.type;
    if (ours.is_variable_string && is_text(theirs))
        return copy_texts(f, from, elements, out);
    if (ours.what == type_class::string && theirs.what == type_class::string &&
        ours.size == theirs.size) {
        copy_fixed(theirs, elements, ours, out);
        return {};
    }
    return error(errc::unsupported, error::nowhere, structure, "it has elements of another type");
}

result<void>
read_other(node::file& f, node::dataset const& data, hyperslab part, std::span<std::byte> out)
{
    auto const from = data.link->open();
    if (!from)
        return from.error();
    if (from->data->space.extents != data.space.extents)
        return error(errc::bad_value, error::nowhere, structure, "it has another shape");
    if (same_bytes_loosely(*data.type, *from->data->type))
        return from->where->reader().run(read_foreign(*from, std::move(part), out));
    auto const size = checked_multiply(element_count(part), from->data->type->size);
    memory_lease held(f.budget());
    if (auto const taken = held.take(size.value_or(~std::uint64_t{0}), error::nowhere); !taken)
        return taken;
    lindi::bytes elements(*size);
    auto const read = from->where->reader().run(read_foreign(*from, std::move(part), elements));
    if (!read)
        return read;
    return convert(f, data, *from, elements, out);
}

}  // namespace

task<result<void>>
read_linked(node::file& f, node::dataset const& data, hyperslab part, std::span<std::byte> out)
{
    auto const read = read_other(f, data, std::move(part), out);
    if (!read)
        co_return read.error().within(data.link->name());
    co_return result<void>();
}

}  // namespace lindi::array
