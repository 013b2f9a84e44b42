/// \file
/// An HDF5 file being read: its reader and the numbers every walk needs.

#pragma once

#include <lindi/codec/codec.hpp>
#include <lindi/core/once_map.hpp>
#include <lindi/io/reader.hpp>
#include <lindi/node/chunk_cache.hpp>
#include <lindi/node/graph.hpp>

#include <map>

namespace lindi::node {

class other_files;

/// One file on one executor. Walks take it by reference; whoever opened it keeps it alive.
class file {
public:
    /// \param reader  outlives the file
    /// \param codecs  filters for heaps and data; outlives the file
    file(io::reader& reader, codec::registry const& codecs) noexcept
        : collections(reader.loop()), committed_types(reader.loop()), shared_bodies(reader.loop()),
          reader_(&reader), codecs_(&codecs)
    {}
    file(file const&) = delete;
    file& operator=(file const&) = delete;

    io::reader& reader() noexcept { return *reader_; }
    codec::registry const& codecs() const noexcept { return *codecs_; }
    lindi::budget& budget() noexcept { return reader_->budget(); }
    lindi::limits const& limits() noexcept { return reader_->budget().max(); }
    hdf5::file_sizes sizes() const noexcept { return contents.file.superblock.sizes; }

    /// Where `address` is in the file. \return errc::truncated when that is past the end
    result<std::uint64_t> offset_of(std::uint64_t address, char const* structure) const;
    /// Reads `size` bytes at an address. Undefined addresses and ends past the file are errors.
    task<result<block>> read(std::uint64_t address, std::uint64_t size, char const* structure);
    /// As above, cut at the end of the file: for structures whose size is in their first bytes.
    task<result<block>>
    read_up_to(std::uint64_t address, std::uint64_t size, char const* structure);

    graph contents;
    /// Shared message heaps by message type (SOHM), found in the superblock extension.
    std::array<std::uint64_t, 32> shared_heaps{};

    // What many walks at the same time want to read, and one of them does.

    /// Global heap collections by address; what they hold is in contents.heap.
    once_map<std::uint64_t, bool> collections;
    /// Committed types by the address of their header.
    once_map<std::uint64_t, result<hdf5::datatype_ptr>> committed_types;
    /// Messages in the heaps of shared messages, by heap and id.
    once_map<std::string, result<block>> shared_bodies;

    /// Types by their message: thousands of attributes have the same few.
    std::map<std::string, hdf5::datatype_ptr, std::less<>> types;

    /// Off until somebody gives it a capacity.
    chunk_cache decoded_chunks;

    // Data in other files. Whoever opened this one sets these before it is read.

    /// Opens them, and outlives the file; null: they are not to be opened.
    other_files* others = nullptr;
    /// What stands in front of the names of others: the folder of this file below that of the
    /// first, empty or with a slash at its end.
    std::string folder{};
    unsigned depth = 0;           ///< of files that were opened for files
    bool members_joined = false;  ///< the reader has all files that the storage driver made
    /// The first problem that may hide links, once it was looked for.
    std::optional<result<void>> hidden_links{};

private:
    io::reader* reader_;
    codec::registry const* codecs_;
};

}  // namespace lindi::node
