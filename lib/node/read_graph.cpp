#include "attributes.hpp"
#include "dataset_reader.hpp"
#include "links.hpp"
#include "open.hpp"
#include "problems.hpp"
#include "symbol_table_links.hpp"
#include "types.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/node/chunk_list.hpp>
#include <lindi/node/read_graph.hpp>
#include <lindi/node/virtual_source.hpp>

#include <algorithm>

namespace lindi::node {
namespace {

using hdf5::message_type;

/// Objects read at the same time: as many as one wave of reads serves.
constexpr std::size_t most_running = 8192;

/// One walk over a file: objects that were found wait until one of the walk's tasks takes them.
class graph_walk {
public:
    graph_walk(file& f, read_options options)
        : file_(&f), options_(std::move(options)), tasks_(f.reader().loop())
    {}

    task<result<void>> run();

private:
    /// An object that was found, and what its header will probably lead to.
    struct pending_object {
        object_id id;
        hdf5::symbol_table likely_table;
    };

    result<object_id> enter(std::uint64_t address, hdf5::symbol_table likely_table = {});
    task<void> visit_pending();
    task<void> visit(pending_object found);
    task<void> visit_messages(object_id id, object_header header);
    task<void> visit_group(object_id id, object_header const& header);
    task<void> visit_dataset(object_id id, object_header const& header);
    task<void> visit_type(object_id id, object_header const& header);
    task<void> load_chunks(object_id id);
    link to_link(stored_link found, hdf5::symbol_table likely_table, object& parent);

    object& at(object_id id) { return file_->contents.objects[id]; }
    void note(object& about, error problem)
    {
        add_problem(*file_, about.problems, std::move(problem));
    }

    file* file_;
    read_options options_;
    task_group tasks_;
    std::vector<pending_object> pending_;  ///< the latest are visited first: deep before wide
    std::size_t running_ = 0;
};

/// The object at this address; a new one is going to be visited.
/// \return errc::too_large when a limit ran out
result<object_id> graph_walk::enter(std::uint64_t address, hdf5::symbol_table likely_table)
{
    auto& g = file_->contents;
    if (auto const known = g.find(address); known != no_object)
        return known;
    constexpr std::uint64_t size =
        sizeof(object) + 4 * sizeof(std::uint64_t);  // and its place in the map
    if (auto const spent = file_->budget().spend_objects(1, address); !spent)
        return spent.error();
    if (auto const spent = file_->budget().spend_memory(size, address); !spent)
        return spent.error();
    auto const id = static_cast<object_id>(g.objects.size());
    g.by_address.emplace(address, id);
    g.objects.emplace_back();
    g.objects.back().address = address;
    pending_.push_back({id, likely_table});
    if (running_ < most_running) {
        ++running_;
        tasks_.spawn(visit_pending());
    }
    return id;
}

task<void> graph_walk::visit_pending()
{
    while (!pending_.empty()) {
        auto const next = pending_.back();
        pending_.pop_back();
        if (options_.on_progress)
            options_.on_progress(file_->contents.objects.size());
        co_await visit(next);
    }
    --running_;
}

object_kind kind_of(object_header const& header)
{
    if (header.has(message_type::symbol_table) || header.has(message_type::link_info))
        return object_kind::group;
    if (header.has(message_type::datatype))
        return header.has(message_type::dataspace) ? object_kind::dataset : object_kind::datatype;
    return object_kind::unknown;
}

void take_header_fields(file& f, object_header const& header, object& out)
{
    out.header_version = header.prefix.version;
    out.reference_count = header.prefix.reference_count;
    out.times = header.prefix.times;
    // IV.A.1.b; the attribute info message says the same, but it comes only with the first
    // attribute
    out.tracks_attribute_order = (header.prefix.flags & 0x04) != 0;
    out.indexes_attribute_order = (header.prefix.flags & 0x08) != 0;
    auto const note = [&](auto const& failed) { add_problem(f, out.problems, failed.error()); };
    for (auto const& message : header.messages) {
        if (message.type == message_type::reference_count) {
            if (auto const count = hdf5::decode_reference_count(message.body))
                out.reference_count = *count;
            else
                note(count);
        } else if (message.type == message_type::modification_time || message.type == message_type::old_modification_time) {
            auto const time = message.type == message_type::modification_time
                                  ? hdf5::decode_modification_time(message.body)
                                  : hdf5::decode_old_modification_time(message.body);
            if (time)
                out.times[2] = *time;
            else
                note(time);
        } else if (message.type == message_type::comment) {
            if (auto comment = hdf5::decode_comment(message.body))
                out.comment = std::move(*comment);
            else
                note(comment);
        }
    }
}

task<result<void>> graph_walk::run()
{
    auto const opened = co_await open_file(*file_);
    if (!opened)
        co_return opened.error();
    auto& g = file_->contents;
    auto const& superblock = g.file.superblock;
    auto const root =
        enter(superblock.root_header, superblock.root_cache.value_or(hdf5::symbol_table{}));
    if (!root)
        co_return root.error();
    g.root = *root;
    co_await tasks_.join();
    if (at(g.root).kind == object_kind::group)
        co_return result<void>();
    if (g.file.driver && !g.problems.empty())
        co_return g.problems.back().within("root group");
    if (!at(g.root).problems.empty())
        co_return at(g.root).problems.front().within("root group");
    co_return error(
        errc::bad_value, g.file.superblock.root_header, "root group", "it is not a group"
    );
}

task<void> graph_walk::visit(pending_object found)
{
    auto const id = found.id;
    // What is resident is read without a wave, so waves do not see the time pass.
    if (auto const late = file_->budget().check_time(); !late) {
        note(at(id), late.error());
        co_return;
    }
    expect_symbol_table(*file_, found.likely_table);
    auto header = co_await read_object_header(*file_, at(id).address);
    if (!header) {
        note(at(id), header.error());
        co_return;
    }
    co_await visit_messages(id, std::move(*header));
}

task<void> graph_walk::visit_messages(object_id id, object_header header)
{
    auto& out = at(id);
    out.kind = kind_of(header);
    take_header_fields(*file_, header, out);
    // Attributes and contents go on at the same time.
    std::vector<task<void>> both;
    both.push_back(read_attributes(*file_, header, out));
    switch (out.kind) {
    case object_kind::group:
        both.push_back(visit_group(id, header));
        break;
    case object_kind::dataset:
        both.push_back(visit_dataset(id, header));
        break;
    case object_kind::datatype:
        both.push_back(visit_type(id, header));
        break;
    case object_kind::unknown:
        note(
            out,
            error(
                errc::bad_value, out.address, "object header", "neither group, dataset nor datatype"
            )
        );
        break;
    }
    co_await when_all(std::move(both));
}

link graph_walk::to_link(stored_link found, hdf5::symbol_table likely_table, object& parent)
{
    link out;
    out.name = std::move(found.name);
    out.charset = found.charset;
    out.creation_order = found.creation_order;
    switch (found.type) {
    case static_cast<std::uint8_t>(hdf5::link_type::hard):
        if (auto const entered = enter(found.header, likely_table); entered) {
            out.target = hard_link{*entered};
        } else {
            out.target = hard_link{};
            note(parent, entered.error());
        }
        break;
    case static_cast<std::uint8_t>(hdf5::link_type::soft):
        out.target = soft_link{std::move(found.target)};
        break;
    case static_cast<std::uint8_t>(hdf5::link_type::external):
        out.target = external_link{
            std::move(found.target_file), std::move(found.target), found.external_flags};
        break;
    default:
        out.target = user_link{found.type, std::move(found.user_data)};
        break;
    }
    return out;
}

task<void> graph_walk::visit_group(object_id id, object_header const& header)
{
    auto listing = co_await list_links(*file_, header);
    auto& out = at(id);
    auto made = std::make_unique<group>();
    made->storage = listing.storage;
    made->tracks_link_order = listing.tracks_order;
    made->indexes_link_order = listing.indexes_order;
    made->max_creation_index = listing.max_creation_index;
    made->links.reserve(listing.links.size());
    listing.likely_tables.resize(listing.links.size());
    for (std::size_t i = 0; i < listing.links.size(); ++i)
        made->links.push_back(to_link(std::move(listing.links[i]), listing.likely_tables[i], out));
    add_problems(*file_, out.problems, listing.problems);
    out.group = std::move(made);
}

task<void> graph_walk::visit_dataset(object_id id, object_header const& header)
{
    auto& out = at(id);
    auto const read = co_await read_dataset(*file_, header, out);
    if (!read) {
        note(out, read.error());
        co_return;
    }
    co_await load_chunks(id);
    if (options_.on_dataset)
        co_await options_.on_dataset(*file_, id);
}

task<void> graph_walk::load_chunks(object_id id)
{
    auto& out = at(id);
    auto& data = *out.dataset;
    if (data.layout != hdf5::layout_class::chunked || data.unreadable)
        co_return;
    if (options_.load_chunks && !options_.load_chunks(data))
        co_return;
    auto table = co_await list_chunks(*file_, data);
    if (table)
        data.chunks = std::move(*table);
    else
        note(out, table.error());
}

task<void> graph_walk::visit_type(object_id id, object_header const& header)
{
    auto& out = at(id);
    auto const* const message = header.find(message_type::datatype);
    auto type = co_await read_type(*file_, *message);
    if (!type) {
        note(out, type.error());
        co_return;
    }
    auto committed = std::make_shared<hdf5::datatype>(**type);
    committed->committed_at = out.address;
    out.type = std::move(committed);
}

/// Bytes that a walk over the file may ask for: see limits::walk_factor.
std::uint64_t walk_bytes(file& f)
{
    constexpr std::uint64_t free_bytes = 64 * 1024 * 1024;
    auto const bytes = checked_multiply(f.reader().stored_size(), f.limits().walk_factor);
    auto const all = bytes ? checked_add(*bytes, free_bytes) : std::nullopt;
    return all.value_or(f.limits().bytes_read);
}

}  // namespace

task<result<void>> read_graph(file& f, read_options options)
{
    bool const settle = options.settle;
    graph_walk walk(f, std::move(options));
    f.budget().begin_walk(walk_bytes(f));
    auto done = co_await walk.run();
    if (done && settle)
        settle_extents(f);
    f.budget().end_walk();
    co_return done;
}

}  // namespace lindi::node
