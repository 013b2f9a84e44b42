#include "file_state.hpp"

#include <lindi/lindi/reference_document.hpp>
#include <lindi/open/open_references.hpp>
#include <lindi/zarr/json_text.hpp>
#include <lindi/zarr/metadata.hpp>

namespace lindi::edit {
namespace {

constexpr unsigned most_links = 64;

error refuse(std::error_code code, std::string_view path, std::string why)
{
    return error(code, error::nowhere, "object", std::move(why)).within(absolute(path));
}

error nothing_at(std::string_view path)
{
    return refuse(make_error_code(errc::not_found), path, "there is nothing");
}

char const* name_of(node_kind kind)
{
    constexpr char const* names[] = {"nothing", "group", "dataset", "soft link"};
    return names[static_cast<std::size_t>(kind)];
}

/// The first name of a path, taken off it.
std::string_view take_name(std::string_view& path)
{
    auto const end = std::min(path.find('/'), path.size());
    auto const name = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    return name;
}

/// Where a document of this store lies, for names that are relative to it.
std::string document_path(reference_store const& store)
{
    bool const folder = store.form() == container::directory;
    return folder ? store.path() + "/lindi.json" : store.path();
}

}  // namespace

file_state::file_state(std::unique_ptr<reference_store> store, file_options options)
    : store_(std::move(store)), options_(std::move(options)),
      others_(
          store_->path(),
          open::references_of(document_path(*store_), options_.from),
          options_.store.max
      )
{}

result<lindi::bytes> file_state::content(std::string_view key)
{
    auto const stored = store_->get(key);
    if (!stored)
        return stored.error();
    if (!*stored)
        return error(errc::not_found, error::nowhere, "key", std::string(key));
    if (auto const* const url = std::get_if<range_of_url>(&**stored))
        return others_.read(*url);
    return store_->content(key);
}

result<std::string> file_state::metadata(std::string_view key)
{
    auto const stored = store_->get(key);
    if (!stored)
        return stored.error();
    if (!*stored)
        return std::string("{}");
    auto const* const json = std::get_if<inline_json>(&**stored);
    if (json != nullptr && json->text.starts_with('{'))
        return json->text;
    auto const bytes = content(key);
    return bytes ? result<std::string>(std::string(as_text(*bytes))) : bytes.error();
}

result<node_kind> file_state::kind_of(std::string const& path)
{
    if (store_->has(key_of(path, ".zarray")) && !path.empty())
        return node_kind::dataset;
    if (!store_->has(key_of(path, ".zgroup")))
        return node_kind::nothing;
    if (path.empty())
        return node_kind::group;
    auto const link = soft_link_of(path);
    if (!link)
        return link.error();
    return link->empty() ? node_kind::group : node_kind::soft_link;
}

result<std::string> file_state::soft_link_of(std::string_view path)
{
    auto const text = metadata(key_of(path, ".zattrs"));
    if (!text)
        return text.error();
    if (text->find("_SOFT_LINK") == text->npos)
        return std::string();
    auto notes = rfs::read_notes(*text);
    if (!notes)
        return notes.error().within(absolute(path));
    return notes->soft_link.value_or(std::string());
}

result<std::string> file_state::resolve(std::string_view path, unsigned links)
{
    std::string at;
    for (auto rest = path; !rest.empty();) {
        auto const folder = at;
        at = key_of(folder, take_name(rest));
        auto const kind = kind_of(at);
        if (!kind)
            return kind.error();
        if (*kind == node_kind::nothing)
            return nothing_at(path);
        if (*kind != node_kind::soft_link)
            continue;
        if (links == most_links)
            return refuse(make_error_code(errc::cycle), path, "links lead in circles");
        auto const target = soft_link_of(at);
        if (!target)
            return target.error();
        auto place = join_path(folder, *target);
        auto found = place ? resolve(*place, links + 1) : place;
        // Python lindi takes relative links from the root.
        if (!found && !target->starts_with('/'))
            if (auto const other = join_path("", *target))
                found = resolve(*other, links + 1);
        if (!found)
            return found;
        at = *found;
    }
    return at;
}

result<std::string> file_state::place_of(std::string_view path)
{
    if (path.empty())
        return std::string();
    std::string at;
    for (auto rest = parent_of(path); !rest.empty();) {
        auto const next = key_of(at, take_name(rest));
        auto kind = kind_of(next);
        if (!kind)
            return kind.error();
        at = next;
        if (*kind == node_kind::nothing)
            return key_of(rest.empty() ? at : key_of(at, rest), edit::name_of(path));
        if (*kind == node_kind::soft_link) {
            auto const target = resolve(next);
            if (!target)
                return target;
            at = *target;
            kind = kind_of(at);
        }
        if (kind && *kind == node_kind::dataset)
            return refuse(make_error_code(errc::bad_value), at, "a dataset has nothing in it");
    }
    return key_of(at, edit::name_of(path));
}

result<std::string> file_state::find(std::string_view base, std::string_view path)
{
    auto const joined = join_path(base, path);
    return joined ? resolve(*joined) : joined;
}

result<std::string> file_state::find(std::string_view base, std::string_view path, node_kind wanted)
{
    auto found = find(base, path);
    if (!found)
        return found;
    auto const kind = kind_of(*found);
    if (!kind)
        return kind.error();
    if (*kind != wanted)
        return refuse(
            make_error_code(errc::bad_value),
            *found,
            std::string("it is a ") + name_of(*kind) + ", no " + name_of(wanted)
        );
    return found;
}

result<void> file_state::make_groups(std::string_view path)
{
    std::string at;
    for (auto rest = path; !rest.empty();) {
        at = key_of(at, take_name(rest));
        auto const key = key_of(at, ".zgroup");
        if (store_->has(key))
            continue;
        if (auto const put = store_->put_json(key, std::string(zarr::group_metadata)); !put)
            return put;
    }
    return {};
}

result<std::string> file_state::new_place(std::string_view base, std::string_view path)
{
    auto const joined = join_path(base, path);
    auto place = joined ? place_of(*joined) : joined;
    if (!place)
        return place;
    auto const kind = kind_of(*place);
    if (!kind)
        return kind.error();
    if (*kind != node_kind::nothing)
        return refuse(
            std::make_error_code(std::errc::file_exists),
            *place,
            std::string("there is a ") + name_of(*kind) + " already"
        );
    if (auto const made = make_groups(parent_of(*place)); !made)
        return made.error();
    return place;
}

void file_state::forget(std::string_view path)
{
    auto const prefix = key_of(path, "");
    std::erase_if(arrays_, [&](auto const& known) { return is_within(known.first, path); });
    buffer_.drop_all(prefix);
}

result<json_object> file_state::attributes(std::string_view path)
{
    auto const text = metadata(key_of(path, ".zattrs"));
    if (!text)
        return text.error();
    auto object = json_object::parse(*text, ".zattrs");
    return object ? std::move(object) : object.error().within(absolute(path));
}

result<void> file_state::put_attributes(std::string_view path, json_object const& attributes)
{
    auto const key = key_of(path, ".zattrs");
    if (!attributes.members().empty())
        return store_->put_json(key, attributes.text());
    auto const erased = store_->erase(key);
    return erased ? result<void>() : erased.error();
}

/// An `object_id` as references have it: a text or a number.
static std::string id_of(json_object const& attributes)
{
    auto const* const id = attributes.find("object_id");
    bool const plain =
        id != nullptr && std::string_view("[{tfn").find((*id)[0]) == std::string_view::npos;
    return plain ? *id : "null";
}

result<std::string> file_state::reference_to(std::string_view path)
{
    auto const target = find("", path);
    if (!target)
        return target;
    auto const own = attributes(*target);
    auto const root = own ? attributes("") : own;
    if (!root)
        return root.error();
    std::string out = R"({"_REFERENCE":{"object_id":)" + id_of(*own) + R"(,"path":)";
    zarr::append_string(out, absolute(*target));
    return out + R"(,"source":".","source_object_id":)" + id_of(*root) + "}}";
}

}  // namespace lindi::edit
