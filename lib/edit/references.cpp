#include "references.hpp"

#include <lindi/zarr/json_text.hpp>

namespace lindi::edit {
namespace {

constexpr std::string_view mark = "\"_REFERENCE\"";

void append_reference(std::string& out, stored_reference const& r)
{
    out += R"({"_REFERENCE":{"object_id":)" + r.object_id + R"(,"path":)";
    zarr::append_string(out, absolute(r.path));
    out += R"(,"source":".","source_object_id":)" + r.source_object_id + "}}";
}

/// What is below `_REFERENCE`; nothing when it is none of this file.
std::optional<stored_reference> take_parts(json_reader& r)
{
    stored_reference out;
    std::string source = ".";
    bool has_path = false;
    std::string_view key;
    for (r.begin_object(); r.next_member(key);) {
        if (key == "path" && r.kind() == json_kind::text) {
            auto path = join_path("", r.take_text());
            has_path = path.has_value();
            out.path = has_path ? std::move(*path) : std::string();
        } else if (key == "object_id") {
            append_ascii(out.object_id = "", r);
        } else if (key == "source_object_id") {
            append_ascii(out.source_object_id = "", r);
        } else if (key == "source" && r.kind() == json_kind::text) {
            source = r.take_text();
        } else {
            r.take_raw();
        }
    }
    return r.ok() && has_path && source == "." ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<stored_reference> reference_in(std::string_view object)
{
    json_reader r(object, "reference");
    std::string_view key;
    std::optional<stored_reference> out;
    for (r.begin_object(); r.next_member(key);) {
        if (key != "_REFERENCE" || r.kind() != json_kind::object)
            return std::nullopt;
        out = take_parts(r);
    }
    return out;
}

bool copy_changed(std::string& out, json_reader& r, reference_change const& change)
{
    bool changed = false;
    if (r.kind() == json_kind::object) {
        auto const raw = r.take_raw();
        auto reference = reference_in(raw);
        auto const what = reference ? change(*reference) : verdict::same;
        if (what == verdict::same)
            out += raw;
        else if (what == verdict::changed)
            append_reference(out, *reference);
        else
            out += "null";
        return what != verdict::same;
    } else if (r.kind() == json_kind::list) {
        out += '[';
        for (r.begin_list(); r.next();) {
            if (out.back() != '[')
                out += ',';
            changed = copy_changed(out, r, change) || changed;
        }
        out += ']';
    } else {
        out += r.take_raw();
    }
    return changed;
}

result<void>
change_attributes(file_state& file, std::string const& key, reference_change const& change)
{
    auto const text = file.metadata(key);
    if (!text)
        return text.error();
    if (text->find(mark) == text->npos)
        return {};
    auto object = json_object::parse(*text, ".zattrs");
    if (!object)
        return object.error().within(key);
    auto const before = object->text();
    change_references(*object, change);
    auto after = object->text();
    return after == before ? result<void>() : file.store().put_json(key, std::move(after));
}

result<void>
change_elements(file_state& file, std::string const& path, reference_change const& change)
{
    auto const array = file.array(path);
    // An array that nobody can read has no references to be kept right.
    if (!array || !(*array)->type.is_objects() || (*array)->is_linked)
        return {};
    std::vector<std::string> chunks;
    file.store().for_each_key(key_of(path, ""), [&](std::string_view key) {
        if (!name_of(key).starts_with('.'))
            chunks.emplace_back(key);
        return true;
    });
    for (auto const& key : chunks) {
        auto chunk = file.read_chunk(*array, key);
        if (!chunk)
            return chunk.error();
        bool changed = false;
        for (auto& value : chunk->values)
            changed = change_references(value, change) || changed;
        if (!changed)
            continue;
        if (auto const written = file.write_chunk(*array, key, *chunk); !written)
            return written;
    }
    return {};
}

}  // namespace

bool change_references(std::string& json, reference_change const& change)
{
    if (json.find(mark) == json.npos)
        return false;
    json_reader r(json, "value");
    std::string out;
    bool const changed = copy_changed(out, r, change) && r.ok();
    if (changed)
        json = std::move(out);
    return changed;
}

std::vector<std::string> change_references(json_object& attributes, reference_change const& change)
{
    std::vector<std::string> gone;
    auto const members = attributes.members();
    for (auto const& member : members) {
        auto value = member.json;
        if (!change_references(value, change))
            continue;
        if (value == "null") {
            gone.push_back(member.name);
            attributes.erase(member.name);
        } else {
            attributes.set(member.name, std::move(value));
        }
    }
    return gone;
}

result<void> change_references(file_state& file, reference_change const& change)
{
    if (auto const settled = file.settle(); !settled)
        return settled;
    std::vector<std::string> attributes, arrays;
    file.store().for_each_key("", [&](std::string_view key) {
        auto const leaf = name_of(key);
        if (leaf == ".zattrs")
            attributes.emplace_back(key);
        else if (leaf == ".zarray")
            arrays.emplace_back(parent_of(key));
        return true;
    });
    for (auto const& key : attributes)
        if (auto const done = change_attributes(file, key, change); !done)
            return done;
    for (auto const& path : arrays)
        if (auto const done = change_elements(file, path, change); !done)
            return done;
    return {};
}

}  // namespace lindi::edit
