#include "open.hpp"

#include "object_header_reader.hpp"
#include "problems.hpp"

#include <lindi/hdf5/cache_image.hpp>
#include <lindi/hdf5/shared_table.hpp>

#include <algorithm>

namespace lindi::node {
namespace {

constexpr std::uint64_t search_limit_bits = 63;

/// The superblock may stand at 0, 512, 1024, 2048, ... (II.A): user blocks come first.
task<result<hdf5::superblock>> find_superblock(file& f, std::uint64_t& at)
{
    auto const size = f.reader().size();
    at = 0;
    for (unsigned bit = 8; bit < search_limit_bits; ++bit) {
        if (at >= size)
            break;
        auto const end = std::max(f.reader().end_of(at), at);  // there may be none in a gap
        auto const count = std::min<std::uint64_t>(hdf5::max_superblock_size, end - at);
        auto const b = co_await f.reader().read({at, count}, "superblock");
        if (!b)
            co_return b.error();
        auto found = hdf5::decode_superblock(b->view);
        if (found || found.error().code() != errc::not_hdf5)
            co_return found;
        at = std::uint64_t{2} << bit;
    }
    co_return error(errc::not_hdf5, 0, "superblock", "no signature at 0, 512, 1024, ...");
}

/// Signs that the file is cut short or was not closed. \param stored  as the file has it, at offset
/// `at`
void note_state(file& f, hdf5::superblock const& stored, std::uint64_t at)
{
    auto& problems = f.contents.problems;
    bool const has_end =
        stored.end_of_file != hdf5::undefined_address && stored.end_of_file >= stored.base_address;
    if (has_end && stored.end_of_file - stored.base_address > f.contents.file.size - at)
        problems.emplace_back(
            errc::truncated,
            at,
            "superblock",
            "the file should have " + std::to_string(stored.end_of_file) + " bytes"
        );
    // Older versions have the field, but their libraries never used it.
    constexpr std::uint32_t open_for_writing = 5;
    if (stored.version >= 3 && (stored.consistency_flags & open_for_writing) != 0)
        problems.emplace_back(
            errc::bad_value, at, "superblock", "the file was not closed by its last writer"
        );
}

void take_extension_message(file& f, hdf5::header_message const& message, message_body const& body)
{
    auto& info = f.contents.file;
    auto const note = [&](error const& e) {
        add_problem(f, f.contents.problems, e.within("superblock extension"));
    };
    switch (message.type) {
    case hdf5::message_type::btree_k:
        if (auto const k = hdf5::decode_btree_k(body.view))
            info.k = *k;
        else
            note(k.error());
        break;
    case hdf5::message_type::file_space_info:
        // Somebody who did not know the message has written since: what it says may be over.
        if ((message.flags & hdf5::was_unknown) != 0)
            break;
        if (auto const space = hdf5::decode_file_space_info(body.view, f.sizes()))
            info.file_space = *space;
        else
            note(space.error());
        break;
    case hdf5::message_type::driver_info:
        if (auto driver = hdf5::decode_driver_info(body.view))
            info.driver = std::move(*driver);
        else
            note(driver.error());
        break;
    default:
        break;
    }
}

task<result<void>> read_shared_table(file& f, block_view message)
{
    auto const table = hdf5::decode_shared_table_message(message, f.sizes());
    if (!table)
        co_return table.error();
    f.contents.file.shared_message_indexes = table->index_count;
    auto const size = hdf5::shared_table_size(f.sizes(), table->index_count);
    auto const b = co_await f.read(table->table, size, "shared message table");
    if (!b)
        co_return b.error();
    auto const indexes = hdf5::decode_shared_table(b->view, f.sizes(), table->index_count);
    if (!indexes)
        co_return indexes.error();
    for (auto const& index : *indexes)
        for (std::size_t type = 0; type < 16; ++type)
            if ((index.message_types >> type & 1) != 0)
                f.shared_heaps[type] = index.heap;
    co_return result<void>();
}

/// The pieces of a cache image are newer than what stands at their places, where there is anything
/// at all.
task<result<void>> read_cache_image(file& f, block_view message)
{
    auto const place = hdf5::decode_cache_image_message(message, f.sizes());
    if (!place)
        co_return place.error();
    if (place->offset == hdf5::undefined_address)
        co_return result<void>();
    auto const image = co_await f.read(place->offset, place->size, "metadata cache image");
    if (!image)
        co_return image.error();
    auto const entries = hdf5::decode_cache_image(image->view, f.sizes());
    if (!entries)
        co_return entries.error();
    for (auto const& entry : *entries) {
        auto const offset = f.offset_of(entry.address, "metadata cache image");
        if (!offset)
            co_return offset.error();
        f.reader().patch({image->owner, {entry.image.bytes, *offset}});
    }
    co_return result<void>();
}

/// The driver information block of old superblocks says that the file is one of several.
task<result<void>> read_driver_block(file& f)
{
    constexpr char const* structure = "driver information block";
    auto const address = f.contents.file.superblock.driver_info;
    auto const prefix = co_await f.read(address, hdf5::driver_block_prefix, structure);
    if (!prefix)
        co_return prefix.error();
    auto const size = hdf5::decode_driver_block_size(prefix->view);
    if (!size)
        co_return size.error();
    auto const b = co_await f.read(address, *size, structure);
    if (!b)
        co_return b.error();
    auto driver = hdf5::decode_driver_block(b->view);
    if (!driver)
        co_return driver.error();
    f.contents.file.driver = std::move(*driver);
    co_return result<void>();
}

task<void> read_extension(file& f)
{
    auto const header = co_await read_object_header(f, f.contents.file.superblock.extension);
    if (!header) {
        add_problem(f, f.contents.problems, header.error().within("superblock extension"));
        co_return;
    }
    for (auto const& message : header->messages) {
        message_body body;
        body.view = message.body;
        take_extension_message(f, message, body);
        result<void> done;
        if (message.type == hdf5::message_type::shared_message_table)
            done = co_await read_shared_table(f, message.body);
        else if (message.type == hdf5::message_type::cache_image)
            done = co_await read_cache_image(f, message.body);
        if (!done)
            add_problem(f, f.contents.problems, done.error().within("superblock extension"));
    }
}

error other_members(file_info const& info, std::uint64_t at)
{
    return {
        errc::unsupported,
        at,
        "superblock",
        "storage driver " + info.driver->name +
            ": the file is one of several, the others are not read"};
}

}  // namespace

task<result<void>> open_file(file& f)
{
    auto& info = f.contents.file;
    info.name = f.reader().name();
    info.size = f.reader().size();
    f.shared_heaps.fill(hdf5::undefined_address);
    std::uint64_t at = 0;
    auto const found = co_await find_superblock(f, at);
    if (!found)
        co_return found.error();
    info.superblock = *found;
    // Where the superblock really is counts: files get user blocks put in front without being
    // rewritten.
    info.superblock.base_address = at;
    info.k = {found->chunk_k, found->group_internal_k, found->group_leaf_k};
    note_state(f, *found, at);
    if (info.superblock.extension != hdf5::undefined_address)
        co_await read_extension(f);
    if (info.superblock.driver_info != hdf5::undefined_address) {
        auto const driver = co_await read_driver_block(f);
        if (!driver)
            add_problem(f, f.contents.problems, driver.error());
    }
    if (info.driver && !f.members_joined)
        add_problem(f, f.contents.problems, other_members(info, at));
    co_return result<void>();
}

}  // namespace lindi::node
