#include "dump_file.hpp"

#include "dump_attribute.hpp"
#include "dump_dataset.hpp"
#include "dump_type.hpp"
#include "object_walk.hpp"

#include <lindi/core/hex.hpp>
#include <lindi/node/paths.hpp>

#include <algorithm>

namespace lindi::tools {
namespace {

/// Nanoseconds, for values in the structure and for data.
constexpr std::uint64_t max_work = 5'000'000'000;
constexpr std::uint64_t max_data_work = 500'000'000'000;

/// Sound files of many small objects have about 5 bytes of description for each of their own.
std::uint64_t max_output_of(std::uint64_t file_size, limits const& max)
{
    auto const fair =
        std::max(std::uint64_t{1} << 30, 64 * std::min(file_size, std::uint64_t{1} << 50));
    return std::min(fair, max.output_bytes);
}

char const* strategy_name(std::uint8_t strategy)
{
    constexpr char const* names[] = {"fsm_aggr", "page", "aggr", "none"};
    return strategy < std::size(names) ? names[strategy] : "?";
}

void put_file_info(json_writer& w, node::file_info const& file)
{
    auto const& super = file.superblock;
    w.key("file_info");
    w.begin_object();
    w.member("superblock", unsigned{super.version});
    w.member("super_size", super.size);
    w.member("sizeof_offsets", unsigned{super.sizes.offsets});
    w.member("sizeof_lengths", unsigned{super.sizes.lengths});
    w.member("userblock", super.base_address);
    w.key("sym_k");
    w.begin_array();
    w.number(file.k.group_internal_k);
    w.number(file.k.group_leaf_k);
    w.end_array();
    w.member("istore_k", file.k.chunk_k);
    w.member("sohm_nindexes", unsigned{file.shared_message_indexes});
    if (file.file_space && file.file_space->version >= 1) {
        w.member("fs_strategy", strategy_name(file.file_space->strategy));
        w.member("fs_persist", file.file_space->persists);
        w.member("fs_page_size", file.file_space->page_size);
    }
    if (file.driver)
        put_name(w, "driver", file.driver->name);
    w.end_object();
}

void put_order_flags(json_writer& w, char const* key, bool tracked, bool indexed)
{
    if (!tracked && !indexed)
        return;
    w.key(key);
    w.begin_array();
    if (tracked)
        w.string("tracked");
    if (indexed)
        w.string("indexed");
    w.end_array();
}

void put_group(json_writer& w, node::object const& object)
{
    constexpr char const* storages[] = {"symbol_table", "compact", "dense"};
    auto const& group = *object.group;
    w.member("storage", storages[static_cast<std::size_t>(group.storage)]);
    w.member("nlinks", group.links.size());
    if (group.storage != node::link_storage::symbol_table)
        w.member("max_corder", group.max_creation_index);
    put_order_flags(w, "link_corder", group.tracks_link_order, group.indexes_link_order);
    put_order_flags(
        w, "attr_corder", object.tracks_attribute_order, object.indexes_attribute_order
    );
}

/// The link that named an object: what is worth saying about it.
void put_link(json_writer& w, node::link const* link)
{
    if (link == nullptr || (!link->creation_order && link->charset == hdf5::character_set::ascii))
        return;
    w.key("link");
    w.begin_object();
    if (link->creation_order)
        w.member("corder", *link->creation_order);
    if (link->charset == hdf5::character_set::utf8)
        w.member("cset", "utf8");
    w.end_object();
}

void put_times(json_writer& w, node::object const& object)
{
    if (std::all_of(object.times.begin(), object.times.end(), [](auto t) { return t == 0; }))
        return;
    w.key("times");
    w.begin_array();
    for (auto const t : object.times)
        w.number(t);
    w.end_array();
}

std::string_view up_to_nul(std::string_view text)
{
    return text.substr(0, text.find('\0'));
}

struct put_target {
    json_writer& w;

    void operator()(node::hard_link const&) const { w.member("kind", "unknown"); }
    void operator()(node::soft_link const& soft) const
    {
        w.member("kind", "softlink");
        put_name(w, "target", up_to_nul(soft.path));
    }
    void operator()(node::external_link const& external) const
    {
        w.member("kind", "externallink");
        put_name(w, "target_file", external.file);
        put_name(w, "target", external.path);
        w.member("elink_flags", external.flags & 0x0fu);
    }
    void operator()(node::user_link const& user) const
    {
        w.member("kind", "userlink");
        w.member("link_class", unsigned{user.type});
        // what libhdf5 gives for a class that nobody registered
        w.member("data_hex", "");
        w.member("payload_hex", hex_of(user.data));
    }
};

class document {
public:
    document(
        node::graph const& g,
        walked_paths const& walked,
        std::ostream& out,
        limits const& max,
        element_reader const& read
    )
        : graph_(g), walked_(walked),
          context_{
              g,
              walked.first_paths,
              read ? max_data_work : max_work,
              max_output_of(g.file.size, max)},
          read_(read), out_(&out), w_(out)
    {}

    std::vector<std::string> write()
    {
        w_.begin_object();
        put_name(w_, "file", graph_.file.name);
        w_.new_line();
        w_.member("size", graph_.file.size);
        w_.new_line();
        w_.member("library", "lindi " LINDI_VERSION);
        w_.new_line();
        put_file_info(w_, graph_.file);
        w_.new_line();
        put_records();
        w_.new_line();
        put_errors();
        w_.end_object();
        *out_ << '\n';
        return std::move(problems_);
    }

private:
    void put_records()
    {
        std::vector<path_entry const*> sorted;
        sorted.reserve(walked_.entries.size());
        for (auto const& entry : walked_.entries)
            sorted.push_back(&entry);
        std::sort(sorted.begin(), sorted.end(), [](auto const* a, auto const* b) {
            return a->path < b->path;
        });
        w_.key("objects");
        w_.begin_array();
        for (auto const* const entry : sorted) {
            if (!*out_ || !context_.has_room(w_))
                break;
            w_.new_line();
            put_record(*entry);
        }
        w_.new_line();
        w_.end_array();
    }

    void put_record(path_entry const& entry)
    {
        w_.begin_object();
        put_name(w_, "path", entry.path);
        if (entry.object == node::no_object) {
            std::visit(put_target{w_}, entry.link->target);
            put_link(w_, entry.link);
        } else if (!entry.first) {
            w_.member("kind", "hardlink");
            put_name(w_, "hardlink_of", walked_.first_paths[entry.object]);
            put_link(w_, entry.link);
        } else {
            put_object(entry);
        }
        w_.end_object();
    }

    void put_object(path_entry const& entry)
    {
        constexpr char const* kinds[] = {"group", "dataset", "datatype", "unknown"};
        auto const& object = graph_.objects[entry.object];
        w_.member("kind", kinds[static_cast<std::size_t>(object.kind)]);
        w_.member("addr", object.address);
        w_.member("refcount", object.reference_count);
        put_link(w_, entry.link);
        put_times(w_, object);
        if (object.comment)
            put_name(w_, "comment", *object.comment);
        if (object.group)
            put_group(w_, object);
        if (object.dataset)
            put_dataset(*object.dataset, entry.path);
        if (object.type) {
            w_.key("dtype");
            write_type(w_, context_, *object.type, false);
        }
        put_attributes(w_, context_, object, entry.path, problems_);
        if (!object.problems.empty())
            w_.member("error", utf8_text(object.problems.front().message()));
    }

    void put_dataset(node::dataset const& data, std::string const& path)
    {
        tools::put_dataset(w_, context_, data, path, problems_);
        if (!read_ || data.unreadable)  // why is told with the object's problems
            return;
        if (auto const done = put_data(w_, context_, data, read_); !done)
            problems_.push_back(path + ": " + done.error().message());
    }

    void put_errors()
    {
        if (context_.was_cut)
            problems_.push_back("document: over the limit (what is left was not written)");
        auto errors = node::all_problems(graph_);
        errors.insert(errors.end(), problems_.begin(), problems_.end());
        w_.key("errors");
        w_.begin_array();
        for (auto const& e : errors)
            w_.string(utf8_text(e));
        w_.end_array();
        w_.new_line();
        w_.member("n_errors", errors.size());
    }

    node::graph const& graph_;
    walked_paths const& walked_;
    dump_context context_;
    element_reader const& read_;
    std::ostream* out_;
    json_writer w_;
    std::vector<std::string> problems_;
};

}  // namespace

result<std::vector<std::string>>
write_dump(node::graph const& g, std::ostream& out, limits const& max, element_reader const& read)
{
    auto const walked = walk_paths(g, g.root, "/", max.memory);
    if (!walked)
        return walked.error();
    return document(g, *walked, out, max, read).write();
}

}  // namespace lindi::tools
