/// \file
/// Tiny HDF5 files written in code: only what tests need, addresses and lengths of eight bytes.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/hdf5/checksum.hpp>
#include <lindi/hdf5/object_header.hpp>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace lindi::test {

inline constexpr std::uint64_t nowhere = ~std::uint64_t{0};

/// Bytes put together field by field, little-endian.
class byte_writer {
public:
    byte_writer& number(std::uint64_t value, unsigned width)
    {
        for (unsigned i = 0; i < width; ++i)
            content_.push_back(static_cast<std::byte>(value >> 8 * i));
        return *this;
    }
    byte_writer& u8(std::uint64_t value) { return number(value, 1); }
    byte_writer& u16(std::uint64_t value) { return number(value, 2); }
    byte_writer& u32(std::uint64_t value) { return number(value, 4); }
    byte_writer& u64(std::uint64_t value) { return number(value, 8); }
    byte_writer& text(std::string_view value) { return append(as_bytes(value)); }
    byte_writer& zeros(std::size_t count)
    {
        content_.resize(content_.size() + count);
        return *this;
    }
    byte_writer& append(std::span<std::byte const> part)
    {
        content_.insert(content_.end(), part.begin(), part.end());
        return *this;
    }
    byte_writer& pad_to(std::size_t size)
    {
        return zeros(size > content_.size() ? size - content_.size() : 0);
    }
    byte_writer& align(std::size_t to) { return zeros((to - content_.size() % to) % to); }
    /// The checksum of all so far.
    byte_writer& seal() { return u32(hdf5::lookup3(content_)); }

    bytes take() { return std::move(content_); }
    std::size_t size() const noexcept { return content_.size(); }

private:
    bytes content_;
};

struct message {
    hdf5::message_type type{};
    bytes body;
    std::uint8_t flags = 0;
};

/// A version 2 object header.
inline bytes header(std::vector<message> const& messages)
{
    byte_writer body;
    for (auto const& m : messages)
        body.u8(static_cast<std::uint8_t>(m.type)).u16(m.body.size()).u8(m.flags).append(m.body);
    byte_writer out;
    constexpr std::uint8_t four_byte_size = 2;
    out.text("OHDR").u8(2).u8(four_byte_size).u32(body.size()).append(body.take()).seal();
    return out.take();
}

/// Messages as version 1 headers and their continuations have them.
inline bytes old_messages(std::vector<message> const& messages)
{
    byte_writer out;
    for (auto const& m : messages) {
        byte_writer body;
        body.append(m.body).align(8);
        out.u16(static_cast<std::uint16_t>(m.type))
            .u16(body.size())
            .u8(m.flags)
            .zeros(3)
            .append(body.take());
    }
    return out.take();
}

inline bytes old_header(std::vector<message> const& messages)
{
    auto const body = old_messages(messages);
    byte_writer out;
    out.u8(1).u8(0).u16(messages.size()).u32(1).u32(body.size()).zeros(4).append(body);
    return out.take();
}

inline message continuation(std::uint64_t address, std::uint64_t size)
{
    return {hdf5::message_type::continuation, byte_writer().u64(address).u64(size).take()};
}

/// That the object is a group with links as messages, or in a heap with an index by name.
inline message link_info(std::uint64_t heap = nowhere, std::uint64_t index = nowhere)
{
    return {hdf5::message_type::link_info, byte_writer().u8(0).u8(0).u64(heap).u64(index).take()};
}

inline bytes hard_link_body(std::string_view name, std::uint64_t header)
{
    constexpr std::uint8_t two_byte_name = 1;
    return byte_writer().u8(1).u8(two_byte_name).u16(name.size()).text(name).u64(header).take();
}

inline message hard_link(std::string_view name, std::uint64_t header)
{
    return {hdf5::message_type::link, hard_link_body(name, header)};
}

inline message soft_link(std::string_view name, std::string_view path)
{
    constexpr std::uint8_t has_type = 8;
    auto body = byte_writer()
                    .u8(1)
                    .u8(has_type)
                    .u8(1)
                    .u8(name.size())
                    .text(name)
                    .u16(path.size())
                    .text(path)
                    .take();
    return {hdf5::message_type::link, std::move(body)};
}

inline message symbol_table(std::uint64_t btree, std::uint64_t heap)
{
    return {hdf5::message_type::symbol_table, byte_writer().u64(btree).u64(heap).take()};
}

/// Version 2; no extents: scalar.
inline bytes dataspace_body(std::vector<std::uint64_t> const& extents)
{
    byte_writer out;
    out.u8(2).u8(extents.size()).u8(0).u8(extents.empty() ? 0 : 1);
    for (auto const n : extents)
        out.u64(n);
    return out.take();
}

inline message dataspace(std::vector<std::uint64_t> const& extents)
{
    return {hdf5::message_type::dataspace, dataspace_body(extents)};
}

/// A little-endian unsigned integer.
inline bytes integer_body(std::uint32_t size)
{
    return byte_writer().u8(0x10).u8(0).u8(0).u8(0).u32(size).u16(0).u16(8 * size).take();
}

/// A variable-length sequence.
inline bytes sequence_body(bytes const& base)
{
    return byte_writer().u8(0x19).u8(0).u8(0).u8(0).u32(16).append(base).take();
}

inline message datatype(bytes body)
{
    return {hdf5::message_type::datatype, std::move(body)};
}

/// Version 3.
inline message
attribute_message(std::string_view name, bytes const& type, bytes const& space, bytes const& value)
{
    auto body = byte_writer()
                    .u8(3)
                    .u8(0)
                    .u16(name.size() + 1)
                    .u16(type.size())
                    .u16(space.size())
                    .u8(0)
                    .text(name)
                    .u8(0)
                    .append(type)
                    .append(space)
                    .append(value)
                    .take();
    return {hdf5::message_type::attribute, std::move(body)};
}

/// Version 3, contiguous.
inline message contiguous_layout(std::uint64_t address, std::uint64_t size)
{
    return {hdf5::message_type::layout, byte_writer().u8(3).u8(1).u64(address).u64(size).take()};
}

/// Version 3, chunks in a version 1 B-tree.
inline message chunked_layout(
    std::uint64_t btree, std::vector<std::uint32_t> const& shape, std::uint32_t element_size
)
{
    byte_writer out;
    out.u8(3).u8(2).u8(shape.size() + 1).u64(btree);
    for (auto const n : shape)
        out.u32(n);
    return {hdf5::message_type::layout, out.u32(element_size).take()};
}

/// A node of a group's B-tree; keys are not looked at.
inline bytes group_node(unsigned level, std::vector<std::uint64_t> const& children)
{
    byte_writer out;
    out.text("TREE").u8(0).u8(level).u16(children.size()).u64(nowhere).u64(nowhere).u64(0);
    for (auto const child : children)
        out.u64(child).u64(0);
    return out.take();
}

struct symbol {
    std::uint64_t name = 0;  ///< offset in the local heap
    std::uint64_t header = 0;
};

inline bytes symbol_node(std::vector<symbol> const& symbols)
{
    byte_writer out;
    out.text("SNOD").u8(1).u8(0).u16(symbols.size());
    for (auto const& s : symbols)
        out.u64(s.name).u64(s.header).zeros(24);
    return out.take();
}

inline bytes local_heap(std::uint64_t data, std::uint64_t size)
{
    return byte_writer().text("HEAP").zeros(4).u64(size).u64(1).u64(data).take();
}

struct stored_at {
    std::vector<std::uint64_t> origin;  ///< in elements
    std::uint64_t address = 0;
    std::uint32_t size = 0;
};

/// A node of a chunk B-tree.
inline bytes chunk_node(unsigned level, std::vector<stored_at> const& chunks)
{
    byte_writer out;
    out.text("TREE").u8(1).u8(level).u16(chunks.size()).u64(nowhere).u64(nowhere);
    for (auto const& c : chunks) {
        out.u32(c.size).u32(0);
        for (auto const n : c.origin)
            out.u64(n);
        out.u64(0).u64(c.address);
    }
    auto const rank = chunks.empty() ? 0 : chunks[0].origin.size();
    return out.zeros(8 + 8 * (rank + 1)).take();
}

/// A global heap collection with the objects 1, 2, ...
inline bytes global_heap(std::vector<bytes> const& objects)
{
    byte_writer body;
    std::uint16_t index = 0;
    for (auto const& object : objects)
        body.u16(++index).u16(1).u32(0).u64(object.size()).append(object).align(8);
    constexpr std::size_t header_size = 16, least = 4096;
    auto const size = std::max(least, header_size + body.size() + 16);
    byte_writer out;
    out.text("GCOL").u8(1).zeros(3).u64(size).append(body.take());
    auto const free = size - out.size();
    return out.zeros(8).u64(free).pad_to(size).take();
}

/// A variable-length element.
inline bytes sequence_element(std::uint32_t count, std::uint64_t collection, std::uint32_t index)
{
    return byte_writer().u32(count).u64(collection).u32(index).take();
}

/// Structures at addresses, behind a version 2 superblock.
class file_builder {
public:
    file_builder() : content_(superblock_size) {}

    /// Room for `size` bytes. \return its address, a multiple of 8
    std::uint64_t reserve(std::size_t size)
    {
        content_.resize((content_.size() + 7) / 8 * 8);
        auto const address = content_.size();
        content_.resize(address + size);
        return address;
    }
    void put(std::uint64_t address, bytes const& structure)
    {
        if (content_.size() < address + structure.size())
            content_.resize(address + structure.size());
        std::copy(
            structure.begin(),
            structure.end(),
            content_.begin() + static_cast<std::ptrdiff_t>(address)
        );
    }
    std::uint64_t place(bytes const& structure)
    {
        auto const address = reserve(structure.size());
        put(address, structure);
        return address;
    }
    std::uint64_t size() const noexcept { return content_.size(); }

    /// The file. \param root  address of the root group's header
    bytes finish(std::uint64_t root, std::uint64_t extension = nowhere)
    {
        byte_writer out;
        out.text("\x89HDF\r\n\x1a\n").u8(2).u8(8).u8(8).u8(0);
        out.u64(0).u64(extension).u64(content_.size()).u64(root).seal();
        put(0, out.take());
        return content_;
    }

private:
    static constexpr std::size_t superblock_size = 48;
    bytes content_;
};

}  // namespace lindi::test
