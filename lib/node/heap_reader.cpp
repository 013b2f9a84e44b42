#include <lindi/core/checked.hpp>
#include <lindi/node/heap_reader.hpp>

#include <algorithm>

namespace lindi::node {
namespace {

constexpr char const* structure = "global heap collection";

/// Elements whose heap ids are still to be looked at.
struct pending_elements {
    hdf5::datatype const* type;
    std::span<std::byte const> elements;
};

struct heap_part {
    hdf5::global_heap_id id;
    hdf5::datatype const* base;  ///< of what the object holds; null when it holds no more ids
    std::uint64_t count;         ///< elements in the object
};

/// Appends a part; neighbours in one collection that hold no ids themselves count as one.
void add_part(std::vector<heap_part>& out, heap_part const& part)
{
    bool const same = !out.empty() && part.base == nullptr && out.back().base == nullptr &&
                      out.back().id.collection == part.id.collection;
    if (!same)
        out.push_back(part);
}

bool is_heap_reference(hdf5::datatype const& type)
{
    return type.what == hdf5::type_class::reference &&
           type.reference != hdf5::reference_kind::object;
}

void list_parts(
    hdf5::datatype const& type,
    std::span<std::byte const> element,
    hdf5::file_sizes sizes,
    std::vector<heap_part>& out
);

void list_parts_of_many(
    hdf5::datatype const& type,
    std::span<std::byte const> elements,
    hdf5::file_sizes sizes,
    std::vector<heap_part>& out
)
{
    if (!type.needs_heap())
        return;
    for (std::size_t at = 0; at + type.size <= elements.size(); at += type.size)
        list_parts(type, elements.subspan(at, type.size), sizes, out);
}

void list_variable_length(
    hdf5::datatype const& type,
    std::span<std::byte const> element,
    hdf5::file_sizes sizes,
    std::vector<heap_part>& out
)
{
    cursor c({element, 0}, structure);
    auto const count = c.u32();
    auto const id = hdf5::read_global_heap_id(c, sizes);
    bool const nested = !type.is_variable_string && type.base && type.base->needs_heap();
    if (c.ok() && count != 0)
        add_part(out, {id, nested ? type.base.get() : nullptr, count});
}

void list_reference(
    hdf5::datatype const& type,
    std::span<std::byte const> element,
    hdf5::file_sizes sizes,
    std::vector<heap_part>& out
)
{
    cursor c({element, 0}, structure);
    // Revised references: kind and flags, then the reference itself (objects) or its size and a
    // heap id.
    if (type.reference != hdf5::reference_kind::region) {
        if (c.u8() == static_cast<std::uint8_t>(hdf5::reference_kind::object_revised))
            return;
        c.skip(5);
    }
    auto const id = hdf5::read_global_heap_id(c, sizes);
    if (c.ok())
        add_part(out, {id, nullptr, 1});
}

/// Appends the heap ids of one element. Recursion is as deep as the type, which is bounded.
void list_parts(
    hdf5::datatype const& type,
    std::span<std::byte const> element,
    hdf5::file_sizes sizes,
    std::vector<heap_part>& out
)
{
    switch (type.what) {
    case hdf5::type_class::variable_length:
        list_variable_length(type, element, sizes, out);
        break;
    case hdf5::type_class::reference:
        if (is_heap_reference(type))
            list_reference(type, element, sizes, out);
        break;
    case hdf5::type_class::compound:
        for (auto const& member : type.members)
            if (member.offset + member.type->size <= element.size())
                list_parts_of_many(
                    *member.type, element.subspan(member.offset, member.type->size), sizes, out
                );
        break;
    case hdf5::type_class::array:
        list_parts_of_many(*type.base, element, sizes, out);
        break;
    default:
        break;
    }
}

bool is_null(hdf5::global_heap_id id)
{
    return id.collection == 0 || id.collection == hdf5::undefined_address;
}

/// Counts the bytes of elements that are looked at; the first were counted when they were read.
result<void> count_look(file& f, pending_elements const& pending, std::uint64_t& looked_at)
{
    if (looked_at == 0) {
        looked_at = pending.elements.size();
        return {};
    }
    looked_at += pending.elements.size();
    if (looked_at > f.limits().memory)
        return error(errc::too_large, error::nowhere, structure, "limit on memory");
    return f.budget().spend_bytes(pending.elements.size(), error::nowhere);
}

/// The bytes of a collection: most fit into the first read.
task<result<block>> read_collection_bytes(file& f, std::uint64_t address)
{
    auto const start = co_await f.read_up_to(address, hdf5::min_collection_size, structure);
    if (!start)
        co_return start;
    auto const size = hdf5::decode_collection_size(start->view, f.sizes());
    if (!size)
        co_return size.error();
    auto whole = *start;
    if (*size > start->view.size()) {
        auto const all = co_await f.read(address, *size, structure);
        if (!all)
            co_return all;
        whole = *all;
    }
    whole.view = whole.view.sub(0, static_cast<std::size_t>(*size));
    if (auto const spent = f.budget().spend_memory(*size, address); !spent)
        co_return spent.error();
    // A copy: collections stay, and the source's blocks may be parts of much larger ones.
    auto const copy =
        std::make_shared<lindi::bytes const>(whole.view.bytes.begin(), whole.view.bytes.end());
    block out{copy, {*copy, whole.view.at}};
    co_return out;
}

task<bool> read_collection(file& f, std::uint64_t address)
{
    auto bytes = co_await read_collection_bytes(f, address);
    if (!bytes) {
        f.contents.heap.add(address, {}, bytes.error());
        co_return true;
    }
    auto objects = hdf5::decode_collection(bytes->view, f.sizes());
    if (objects) {
        auto const spent =
            f.budget().spend_memory(objects->size() * sizeof(hdf5::heap_object), address);
        if (!spent)
            objects = spent.error();
    }
    f.contents.heap.add(address, std::move(*bytes), std::move(objects));
    co_return true;
}

/// Reads a collection unless somebody did or is at it.
task<void> want_collection(file& f, std::uint64_t address)
{
    auto read = read_collection(f, address);
    co_await f.collections.get(address, std::move(read));
}

/// Reads the collections of these parts that are not there yet, together.
task<void> read_collections(file& f, std::vector<heap_part> const& parts)
{
    std::vector<std::uint64_t> addresses;
    for (auto const& part : parts)
        if (!is_null(part.id) && !f.contents.heap.contains(part.id.collection))
            addresses.push_back(part.id.collection);
    std::sort(addresses.begin(), addresses.end());
    addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
    std::vector<task<void>> reads;
    for (auto const address : addresses)
        reads.push_back(want_collection(f, address));
    co_await when_all(std::move(reads));
}

}  // namespace

bool are_heaps_loaded(
    file const& f, hdf5::datatype const& type, std::span<std::byte const> elements
)
{
    constexpr std::size_t few = 1024;  // bytes
    if (!type.needs_heap())
        return true;
    if (elements.size() > few)
        return false;
    std::vector<heap_part> parts;
    list_parts_of_many(type, elements, f.sizes(), parts);
    return std::all_of(parts.begin(), parts.end(), [&](heap_part const& part) {
        return is_null(part.id) ||
               (part.base == nullptr && f.contents.heap.contains(part.id.collection));
    });
}

task<result<void>> load_heaps(file& f, hdf5::datatype_ptr type, std::span<std::byte const> elements)
{
    if (!type->needs_heap())
        co_return result<void>();
    std::vector<pending_elements> level(1, {type.get(), elements});
    std::uint64_t looked_at = 0;
    // Each level is a variable-length type inside the one before, so the type's nesting bounds the
    // loop; objects that many ids share could still multiply from level to level: looking at them
    // is counted.
    while (!level.empty()) {
        memory_lease held(f.budget());
        std::vector<heap_part> parts;
        for (auto const& pending : level) {
            auto const counted = count_look(f, pending, looked_at);
            if (!counted)
                co_return counted;
            auto const before = parts.size();
            list_parts_of_many(*pending.type, pending.elements, f.sizes(), parts);
            auto const taken =
                held.take((parts.size() - before) * sizeof(heap_part), error::nowhere);
            if (!taken)
                co_return taken;
        }
        co_await read_collections(f, parts);
        level.clear();
        for (auto const& part : parts) {
            if (part.base == nullptr || is_null(part.id))
                continue;
            auto const object = f.contents.heap.find(part.id);
            auto const size = checked_multiply(part.count, part.base->size);
            if (object && size && *size <= object->size())
                level.push_back({part.base, object->bytes.first(static_cast<std::size_t>(*size))});
        }
    }
    co_return result<void>();
}

}  // namespace lindi::node
