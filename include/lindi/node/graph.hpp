/// \file
/// What is in a file: one tree whatever the source. Plain data; walks fill it, writers and tools
/// read it.

#pragma once

#include <lindi/hdf5/driver_info.hpp>
#include <lindi/hdf5/message/dataspace.hpp>
#include <lindi/hdf5/message/datatype.hpp>
#include <lindi/hdf5/message/fill_value.hpp>
#include <lindi/hdf5/message/filter_pipeline.hpp>
#include <lindi/hdf5/message/layout.hpp>
#include <lindi/hdf5/message/small_messages.hpp>
#include <lindi/hdf5/superblock.hpp>
#include <lindi/hdf5/virtual_layout.hpp>
#include <lindi/node/chunk_table.hpp>
#include <lindi/node/heap_store.hpp>

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace lindi::node {

/// Index of an object in `graph::objects`.
using object_id = std::uint32_t;
inline constexpr object_id no_object = ~object_id{0};

struct attribute {
    std::string name;  ///< bytes as stored; UTF-8 in sound files
    hdf5::character_set charset = hdf5::character_set::ascii;
    std::optional<std::uint32_t> creation_order;
    hdf5::datatype_ptr type;
    hdf5::dataspace space;
    lindi::bytes value;  ///< space.element_count() elements in the file's type; heap ids resolve in
                         ///< graph::heap
};

struct hard_link {
    object_id object = no_object;  ///< no_object: a limit ran out before it was looked at
};
struct soft_link {
    std::string path;  ///< as stored: absolute, or relative to the group that holds the link
};
struct external_link {
    std::string file;
    std::string path;
    std::uint8_t flags = 0;
};
struct user_link {
    std::uint8_t type = 0;  ///< 65 to 255
    lindi::bytes data;
};

struct link {
    std::string name;
    hdf5::character_set charset = hdf5::character_set::ascii;
    std::optional<std::uint64_t> creation_order;
    std::variant<hard_link, soft_link, external_link, user_link> target;
};

enum class link_storage : std::uint8_t { symbol_table, compact, dense };

struct group {
    link_storage storage = link_storage::symbol_table;
    std::vector<link> links;  ///< in HDF5's native order (see links.hpp)
    bool tracks_link_order = false;
    bool indexes_link_order = false;
    std::uint64_t max_creation_index = 0;
};

struct external_file {
    std::string name;
    std::uint64_t offset = 0;  ///< first byte in that file
    std::uint64_t size = 0;    ///< bytes; all ones: to its end
};

class chunk_decoder;
class linked_dataset;

struct dataset {
    hdf5::datatype_ptr type;
    hdf5::dataspace space;
    hdf5::layout_class layout = hdf5::layout_class::contiguous;
    hdf5::fill_value fill;
    hdf5::filter_pipeline filters;

    lindi::bytes compact;  ///< compact: the data
    std::optional<std::uint64_t>
        offset;  ///< contiguous: first byte in the file, from its start; none: not written
    std::uint64_t contiguous_size = 0;            ///< contiguous: bytes
    hdf5::chunk_layout chunking;                  ///< chunked: shape, index and the index's address
    std::optional<chunk_table> chunks;            ///< chunked: when it was loaded
    std::vector<external_file> external;          ///< contiguous, when the data lie in other files
    std::vector<hdf5::virtual_mapping> mappings;  ///< virtual
    /// Virtual, when mappings grow with their sources: the extents that the file has. `space` then
    /// has those that the sources give now; see settle_extents.
    std::vector<std::uint64_t> stored_extents;
    /// Chunked, in files that are not HDF5: how stored chunks become elements. Null: `filters` say.
    std::shared_ptr<chunk_decoder const> decoder;
    /// The elements are those of a dataset in another file. Null: they are here.
    std::shared_ptr<linked_dataset> link;
    /// Why the elements cannot be known: layout, filters, fill value or what they point to are
    /// damaged. What the fields above say of the data is then not to be trusted; type and shape
    /// are.
    std::optional<error> unreadable;

    /// Chunks per dimension; empty unless chunked.
    std::vector<std::uint64_t> chunk_grid() const;
    /// Number of chunks of the grid, stored or not; none when it does not fit 64 bits.
    std::optional<std::uint64_t> chunk_grid_size() const;
};

enum class object_kind : std::uint8_t {
    group,
    dataset,
    datatype,
    unknown,  ///< its header could not be read: see problems
};

struct object {
    object_kind kind = object_kind::unknown;
    std::uint64_t address = hdf5::undefined_address;  ///< of the object header
    std::uint8_t header_version = 1;
    std::uint32_t reference_count = 1;
    std::array<std::uint32_t, 4>
        times{};  ///< access, modification, change, birth; seconds since 1970; 0: not stored
    std::optional<std::string> comment;
    std::vector<attribute> attributes;  ///< in stored order
    bool dense_attributes = false;
    bool tracks_attribute_order = false;
    bool indexes_attribute_order = false;
    std::unique_ptr<node::group> group;  ///< kind group
    std::unique_ptr<node::dataset>
        dataset;                  ///< kind dataset; null when type or shape could not be read
    hdf5::datatype_ptr type;      ///< kind datatype; null when it could not be read
    std::vector<error> problems;  ///< what could not be read; the rest is right
};

/// The file as a whole.
struct file_info {
    std::string name;  ///< path or URL
    std::uint64_t size = 0;
    hdf5::superblock superblock;
    hdf5::btree_k k;  ///< from the superblock or its extension
    std::optional<hdf5::file_space_info> file_space;
    std::uint8_t shared_message_indexes = 0;
    std::optional<hdf5::driver_info> driver;  ///< the storage driver, when one is named
};

struct graph {
    file_info file;
    std::deque<object> objects;  ///< references stay valid while it grows
    object_id root = no_object;
    std::unordered_map<std::uint64_t, object_id> by_address;
    heap_store heap;
    std::vector<error> problems;  ///< of the file as a whole

    object_id find(std::uint64_t address) const
    {
        auto const found = by_address.find(address);
        return found == by_address.end() ? no_object : found->second;
    }
};

}  // namespace lindi::node
