#include "object_maker.hpp"

#include <lindi/node/paths.hpp>

namespace lindi::rfs {
namespace {

constexpr char const* structure = "reference file";
/// Links through other links are looked for one by one: not more often than this.
constexpr std::size_t most_searches = 1000;

/// The text of a metadata key, or why there is none.
result<object_notes> notes_of(metadata_key const& attributes)
{
    if (!attributes.there())
        return object_notes();
    if (attributes.failure)
        return *attributes.failure;
    return read_notes(attributes.text);
}

}  // namespace

result<node::object_id>
object_maker::make_object(std::string const& path, node_keys const& keys, object_notes notes)
{
    auto& graph = f_->contents;
    if (auto const spent = f_->budget().spend_objects(1, 0); !spent)
        return spent.error();
    auto const cost = sizeof(node::object) + 2 * path.size() + 128;
    if (auto const spent = f_->budget().spend_memory(cost, 0); !spent)
        return spent.error();
    auto const id = static_cast<node::object_id>(graph.objects.size());
    auto& object = graph.objects.emplace_back();
    object.address = address_of(id);
    graph.by_address.emplace(object.address, id);
    names_->add(path, id);
    if (!notes.object_id.empty())
        names_->add_object_id(id, notes.object_id);
    if (keys.attributes.there() && !keys.attributes.failure)
        attributes_.push_back({id, keys.attributes.text});
    if (!keys.array.there()) {
        object.kind = node::object_kind::group;
        object.group = std::make_unique<node::group>();
        return id;
    }
    object.kind = node::object_kind::dataset;
    if (keys.array.failure)
        object.problems.push_back(keys.array.failure->within(".zarray"));
    else
        arrays_.push_back({id, path, keys.array.text, std::move(notes)});
    return id;
}

result<void> object_maker::add_object(std::string const& path, node_keys const& keys)
{
    auto& graph = f_->contents;
    bool const is_root = path.empty();
    auto const [folder, name] = split(path);
    auto const parent = is_root ? node::no_object : names_->find(std::string(folder));
    bool const visible =
        is_root || (parent != node::no_object && graph.objects[parent].group && !name.empty());
    if (!visible || (!keys.group.there() && !keys.array.there()))
        return {};
    auto notes = notes_of(keys.attributes);
    auto const failure = notes ? std::optional<error>() : notes.error();
    if (!notes)
        notes = object_notes();
    if (auto const spent = f_->budget().spend_links(1, 0); !spent)
        return spent;
    node::link link;
    link.name = name;
    link.charset = hdf5::character_set::utf8;
    if (notes->soft_link && !is_root) {
        auto& links = graph.objects[parent].group->links;
        if (!notes->soft_link->starts_with('/'))
            relative_.push_back({parent, std::string(folder), links.size()});
        link.target = node::soft_link{std::move(*notes->soft_link)};
        links.push_back(std::move(link));
        return {};
    }
    auto const id = make_object(path, keys, std::move(*notes));
    if (!id)
        return id.error();
    if (failure)
        graph.objects[*id].problems.push_back(failure->within(".zattrs"));
    link.target = node::hard_link{*id};
    if (is_root)
        graph.root = *id;
    else
        graph.objects[parent].group->links.push_back(std::move(link));
    return {};
}

/// A relative path starts at the link's group, as in HDF5; where that leads nowhere, at the root,
/// as Python lindi has it.
void object_maker::settle_soft_links()
{
    auto& graph = f_->contents;
    std::size_t searches = 0;
    for (auto const& [group, folder, number] : relative_) {
        auto& soft = std::get<node::soft_link>(graph.objects[group].group->links[number].target);
        if (names_->find_any(folder + "/" + soft.path) != node::no_object)
            continue;
        bool at_root = names_->find_any(soft.path) != node::no_object;
        if (!at_root && searches++ < most_searches)
            at_root = node::resolve(graph, group, soft.path) == node::no_object &&
                      node::resolve(graph, graph.root, soft.path) != node::no_object;
        if (at_root)
            soft.path.insert(0, "/");
    }
}

result<void> object_maker::add_attributes(unread_attributes const& from)
{
    auto& graph = f_->contents;
    auto& object = graph.objects[from.id];
    auto const collection = graph.heap.reserve(1);
    if (!collection)
        return collection.error();
    node::heap_builder heap(*collection);
    json_reader r(from.text, ".zattrs");
    std::string_view key;
    for (r.begin_object(); r.next_member(key);) {
        auto const raw = r.take_raw();
        auto const name = key_text(key);
        if (!r.ok() || is_note(name))
            continue;
        if (auto const spent = f_->budget().spend_attributes(1, 0); !spent)
            return spent;
        auto attribute = read_attribute(raw, {heap, *names_}, f_->limits().attribute_bytes);
        if (!attribute) {
            object.problems.push_back(attribute.error().within("attribute " + name));
            continue;
        }
        auto const cost = sizeof(node::attribute) + attribute->value.size() + name.size() + 512;
        if (auto const spent = f_->budget().spend_memory(cost, 0); !spent)
            return spent;
        attribute->name = name;
        attribute->charset = hdf5::character_set::utf8;
        object.attributes.push_back(std::move(*attribute));
    }
    if (heap.empty())
        return {};
    auto made = heap.finish();
    auto const cost = made.bytes.view.size() + made.objects.size() * sizeof(hdf5::heap_object);
    if (auto const spent = f_->budget().spend_memory(cost, 0); !spent)
        return spent;
    graph.heap.add(*collection, std::move(made.bytes), std::move(made.objects));
    return {};
}

result<void> object_maker::run()
{
    auto const root = index_->find("");
    if (root == index_->end() || !root->second.group.there() || root->second.array.there())
        return error(errc::bad_value, 0, structure, "no group at its root");
    for (auto const& [path, keys] : *index_)
        if (auto const added = add_object(path, keys); !added)
            return added;
    settle_soft_links();
    for (auto const& from : attributes_)
        if (auto const added = add_attributes(from); !added)
            return added;
    return {};
}

}  // namespace lindi::rfs
