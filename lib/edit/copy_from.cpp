#include "file_state.hpp"
#include "references.hpp"

#include <lindi/open/open_source.hpp>
#include <lindi/zarr/json_text.hpp>

#include <filesystem>

namespace lindi::edit {
namespace {

/// A relative path in one document means something else in another one.
std::string absolute_url(reference_store const& store, std::string const& url)
{
    namespace fs = std::filesystem;
    if (open::is_url(url) || fs::path(url).is_absolute())
        return url;
    std::error_code ignored;
    auto const folder = fs::absolute(store.path(), ignored).parent_path();
    auto const beside = (folder / url).lexically_normal();
    if (fs::exists(beside, ignored))
        return beside.string();
    // Python lindi takes it from the working directory.
    return fs::absolute(url, ignored).lexically_normal().string();
}

class copier {
public:
    copier(file_state& source, std::string from, file_state& target, std::string to)
        : source_(&source), target_(&target), from_(std::move(from)), to_(std::move(to))
    {}

    result<std::vector<std::string>> run();

private:
    /// \param path  of something in `from_`, or a key
    std::string new_path(std::string_view path) const
    {
        auto const rest = path.substr(std::min(path.size(), from_.empty() ? 0 : from_.size() + 1));
        return rest.empty() ? to_ : key_of(to_, rest);
    }
    result<void> copy(std::string const& key);
    result<void> copy_attributes(std::string const& key);
    result<void> copy_elements(std::string const& key, array_ptr const& array);
    result<void> set_link(json_object& attributes, std::string_view path);
    void set_external(json_object& attributes) const;
    verdict change(stored_reference& reference) const;
    result<array_ptr> objects_of(std::string const& key);

    file_state* source_;
    file_state* target_;
    std::string from_, to_;
    std::string root_id_ = "null";
    std::string array_path_{};  ///< the array looked at last
    array_ptr array_{};         ///< null: it has no references
    std::vector<std::string> problems_{};
};

verdict copier::change(stored_reference& reference) const
{
    reference.source_object_id = root_id_;
    if (is_within(reference.path, from_)) {
        reference.path = new_path(reference.path);
        return verdict::changed;
    }
    auto const here = target_->reference_to("/" + reference.path);
    std::string const id = R"({"_REFERENCE":{"object_id":)" + reference.object_id + ",";
    bool const same = here && reference.object_id != "null" && here->starts_with(id);
    return same ? verdict::changed : verdict::null;
}

result<void> copier::set_link(json_object& attributes, std::string_view path)
{
    auto const target = source_->soft_link_of(path);
    auto const aim = target ? join_path(parent_of(path), *target) : target;
    if (!aim)
        return aim.error();
    if (!is_within(*aim, from_)) {
        if (!target_->resolve(*aim))
            problems_.push_back(absolute(path) + ": soft link to " + absolute(*aim));
        return {};
    }
    std::string text = R"({"path":)";
    zarr::append_string(text, absolute(new_path(*aim)));
    attributes.set("_SOFT_LINK", text + "}");
    return {};
}

void copier::set_external(json_object& attributes) const
{
    auto const* const link = attributes.find("_EXTERNAL_ARRAY_LINK");
    auto object = link != nullptr ? json_object::parse(*link, ".zattrs") : json_object();
    auto const* const url = object ? object->find("url") : nullptr;
    if (url == nullptr || !url->starts_with('"'))
        return;
    json_reader r(*url, ".zattrs");
    std::string text;
    zarr::append_string(text, absolute_url(source_->store(), r.take_text()));
    object->set("url", std::move(text));
    attributes.set("_EXTERNAL_ARRAY_LINK", object->text());
}

result<void> copier::copy_attributes(std::string const& key)
{
    auto const path = parent_of(key);
    auto attributes = source_->attributes(path);
    if (!attributes)
        return attributes.error();
    if (attributes->find("_SOFT_LINK") != nullptr)
        if (auto const set = set_link(*attributes, path); !set)
            return set;
    set_external(*attributes);
    auto const gone =
        change_references(*attributes, [this](stored_reference& r) { return change(r); });
    for (auto const& name : gone)
        problems_.push_back(absolute(path) + "@" + name + ": reference to what is not here");
    return target_->store().put_json(new_path(key), attributes->text());
}

/// The array of a chunk, if its elements are or have references.
result<array_ptr> copier::objects_of(std::string const& key)
{
    std::string path(parent_of(key));
    while (!path.empty() && !source_->store().has(key_of(path, ".zarray")))
        path = parent_of(path);
    if (path == array_path_)
        return array_;
    auto array = source_->array(path);
    // What nobody can read is copied as it is.
    array_ = array && (*array)->type.is_objects() ? *array : nullptr;
    array_path_ = path;
    return array_;
}

result<void> copier::copy_elements(std::string const& key, array_ptr const& array)
{
    auto chunk = source_->read_chunk(array, key);
    if (!chunk)
        return chunk.error();
    std::size_t lost = 0;
    for (auto& value : chunk->values)
        change_references(value, [&](stored_reference& r) {
            auto const what = change(r);
            lost += what == verdict::null ? 1 : 0;
            return what;
        });
    if (lost != 0)
        problems_.push_back(
            absolute(array_path_) + ": " + std::to_string(lost) +
            " references to what is not here are null"
        );
    auto const encoded = encode_chunk(*array, *chunk);
    return encoded ? target_->store().put_bytes(new_path(key), *encoded) : encoded.error();
}

result<void> copier::copy(std::string const& key)
{
    auto const leaf = name_of(key);
    if (leaf == ".zattrs")
        return copy_attributes(key);
    bool const chunk = leaf != ".zgroup" && leaf != ".zarray";
    auto const array = chunk ? objects_of(key) : result<array_ptr>(nullptr);
    if (array && *array)
        return copy_elements(key, *array);
    auto value = source_->store().get(key);
    if (!value || !*value)
        return value ? result<void>() : value.error();
    if (std::holds_alternative<stored_blob>(**value)) {
        auto const content = source_->store().content(key);
        return content ? target_->store().put_bytes(new_path(key), *content) : content.error();
    }
    if (auto* const range = std::get_if<range_of_url>(&**value))
        range->url = absolute_url(source_->store(), range->url);
    return target_->store().put(new_path(key), std::move(**value));
}

result<std::vector<std::string>> copier::run()
{
    for (auto* const file : {source_, target_})
        if (auto const settled = file->settle(); !settled)
            return settled.error();
    auto const root = target_->attributes("");
    if (!root)
        return root.error();
    if (auto const* const id = root->find("object_id"); id != nullptr && id->starts_with('"'))
        root_id_ = *id;
    std::vector<std::string> keys;
    source_->store().for_each_key(key_of(from_, ""), [&](std::string_view key) {
        keys.emplace_back(key);
        return true;
    });
    for (auto const& key : keys)
        if (auto const copied = copy(key); !copied)
            return copied.error().within(key);
    return std::move(problems_);
}

}  // namespace

result<std::vector<std::string>>
group::copy_from(file const& source, std::string_view from, std::string_view to)
{
    auto const found = source.state_->find("", from);
    if (!found)
        return found.error();
    auto const place = file_->new_place(path_, to);
    if (!place)
        return place.error();
    return copier(*source.state_, *found, *file_, *place).run();
}

}  // namespace lindi::edit
