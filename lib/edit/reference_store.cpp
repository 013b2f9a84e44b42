#include "open_container.hpp"

#include <lindi/codec/base64.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/edit/reference_store.hpp>
#include <lindi/zarr/json_text.hpp>

#include <algorithm>
#include <set>

namespace lindi::edit {
namespace {

constexpr char const* structure = "LINDI file";
constexpr std::string_view base64_mark = "base64:";

error refuse(errc code, std::string why)
{
    return error(code, error::nowhere, structure, std::move(why));
}

/// A chunk as Python lindi writes it: the text itself where it is ASCII.
std::string encode_inline(std::span<std::byte const> content)
{
    auto const text = as_text(content);
    std::string out = "\"";
    bool const is_ascii = std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x80;
    });
    if (is_ascii && !text.starts_with(base64_mark)) {
        zarr::append_escaped(out, text);
    } else {
        out += base64_mark;
        codec::append_base64(out, content);
    }
    return out + '"';
}

std::string
encode_reference(std::string_view url, std::uint64_t offset, std::optional<std::uint64_t> size)
{
    std::string out = "[";
    zarr::append_string(out, url);
    if (size)
        out += ", " + std::to_string(offset) + ", " + std::to_string(*size);
    return out + "]";
}

/// Whether text is one JSON value of this kind and nothing more.
result<void> check_json(std::string_view text, json_kind kind)
{
    json_reader r(text, structure);
    if (r.kind() != kind && kind != json_kind::none)
        r.fail(errc::bad_value, "JSON of another kind was expected");
    r.take_raw();
    r.expect_end();
    return r.ok() ? result<void>() : r.failure();
}

}  // namespace

struct reference_store::state {
    std::unique_ptr<container_file> file;
    changed_document document;
    std::string path;
    limits max;
    bool is_writable = false;
    bool is_changed = false;

    result<void> check_change() const;
    result<std::uint64_t> whole_size(stored_blob const& blob) const;
    result<entry> to_entry(rfs::byte_reference const& from) const;
    result<std::string> to_value(entry const& from) const;
    result<std::string> to_value(inline_json const& from) const;
    result<std::string> to_value(range_of_url const& from) const;
    result<std::string> to_value(stored_blob const& from) const;
    bool has_blobs() const { return file->form() != container::json; }
    void set(std::string_view key, std::string value)
    {
        document.set(key, std::move(value));
        is_changed = true;
    }
};

result<void> reference_store::state::check_change() const
{
    if (!is_writable)
        return refuse(errc::unsupported, "it is open for reading only").within(path);
    return file->check_usable();
}

result<entry> reference_store::state::to_entry(rfs::byte_reference const& from) const
{
    auto url = document.base().expand(from.raw_url);
    if (!has_blobs() || !url.starts_with("./"))
        return entry(range_of_url{std::move(url), from.offset, from.size});
    stored_blob blob{url.substr(2), from.offset, from.size.value_or(0)};
    if (from.size)
        return entry(std::move(blob));
    auto const size = file->size_of(blob.name);
    if (!size)
        return size.error();
    blob.size = *size;
    return entry(std::move(blob));
}

result<std::string> reference_store::state::to_value(inline_json const& from) const
{
    auto const kind = from.text.starts_with('{') ? json_kind::object : json_kind::text;
    if (auto const checked = check_json(from.text, kind); !checked)
        return checked.error();
    return from.text;
}

result<std::string> reference_store::state::to_value(range_of_url const& from) const
{
    if (from.url.empty() || (has_blobs() && from.url.starts_with("./")))
        return refuse(errc::bad_value, "not the url of another file: " + from.url);
    if (!checked_add(from.offset, from.size.value_or(0)))
        return refuse(errc::bad_value, "a place past every end");
    if (!from.size && from.offset != 0)
        return refuse(errc::bad_value, "a reference without a length");
    if (auto const shorter = document.base().template_of(from.url))
        return encode_reference(*shorter, from.offset, from.size);
    std::string escaped;
    zarr::append_escaped(escaped, from.url);
    if (document.base().expand(escaped) != from.url)
        return refuse(errc::bad_value, "a url that looks like a template: " + from.url);
    return encode_reference(from.url, from.offset, from.size);
}

result<std::string> reference_store::state::to_value(stored_blob const& from) const
{
    if (!has_blobs())
        return refuse(errc::not_found, "no blobs are in a JSON file");
    auto const size = file->size_of(from.name);
    if (!size)
        return size.error();
    if (from.offset > *size || from.size > *size - from.offset)
        return refuse(errc::bad_value, "a range past the end of " + from.name);
    return encode_reference("./" + from.name, from.offset, from.size);
}

result<std::string> reference_store::state::to_value(entry const& from) const
{
    return std::visit([this](auto const& value) { return to_value(value); }, from);
}

bool is_metadata_key(std::string_view key)
{
    auto const name = key.substr(key.rfind('/') + 1);
    return name == ".zattrs" || name == ".zgroup" || name == ".zarray" || name == ".zmetadata" ||
           name.ends_with(".json");
}

container container_of_name(std::string_view path)
{
    if (path.ends_with(".tar"))
        return container::tar;
    return path.ends_with(".d") || path.ends_with(".d/") ? container::directory : container::json;
}

reference_store::reference_store(std::unique_ptr<state> made) noexcept : state_(std::move(made)) {}
reference_store::~reference_store() = default;

result<std::unique_ptr<reference_store>>
reference_store::open(std::string const& path, open_mode mode, store_options options)
{
    budget spent(options.max);
    auto opened = open_container(path, mode, options, spent);
    if (!opened)
        return opened.error();
    bool const is_new = opened->is_new;
    auto text = std::move(is_new ? options.begin_with : opened->text);
    auto document = is_new && text.view.bytes.empty()
                        ? changed_document::empty()
                        : changed_document::parse(std::move(text), spent);
    if (!document)
        return document.error().within(path);
    auto made = std::make_unique<state>();
    made->file = std::move(opened->file);
    made->document = std::move(*document);
    made->path = path;
    made->max = options.max;
    made->is_writable = mode != open_mode::read;
    made->is_changed = is_new;
    return std::unique_ptr<reference_store>(new reference_store(std::move(made)));
}

container reference_store::form() const noexcept
{
    return state_->file->form();
}

std::string const& reference_store::path() const noexcept
{
    return state_->path;
}

bool reference_store::is_writable() const noexcept
{
    return state_->is_writable;
}

bool reference_store::has(std::string_view key) const
{
    return state_->document.has(key);
}

result<std::optional<entry>> reference_store::get(std::string_view key) const
{
    auto const value = state_->document.find(key);
    if (!value)
        return std::optional<entry>();
    auto const decoded = rfs::decode_reference_value(*value, 0);
    if (!decoded)
        return decoded.error().within(key);
    if (auto const* const content = std::get_if<rfs::inline_content>(&*decoded))
        return std::optional<entry>(inline_json{std::string(content->raw)});
    auto made = state_->to_entry(std::get<rfs::byte_reference>(*decoded));
    if (!made)
        return made.error().within(key);
    return std::optional<entry>(std::move(*made));
}

result<lindi::bytes> reference_store::content(std::string_view key) const
{
    auto const found = get(key);
    if (!found)
        return found.error();
    if (!*found)
        return refuse(errc::not_found, std::string(key));
    if (auto const* const content = std::get_if<inline_json>(&**found))
        return rfs::decode_inline(content->text);
    auto const* const blob = std::get_if<stored_blob>(&**found);
    if (blob == nullptr)
        return refuse(errc::unsupported, "its bytes are in another file").within(key);
    auto const size = state_->file->size_of(blob->name);
    if (!size)
        return size.error().within(key);
    if (blob->offset > *size || blob->size > *size - blob->offset)
        return refuse(errc::truncated, blob->name).within(key);
    if (blob->size > state_->max.memory)
        return refuse(errc::too_large, "more than memory").within(key);
    return state_->file->read_blob(*blob);
}

std::optional<std::string> reference_store::key_from(std::string_view from) const
{
    auto const found = state_->document.key_from(from);
    return found ? std::optional(std::string(*found)) : std::nullopt;
}

void reference_store::for_each_key(
    std::string_view prefix, std::function<bool(std::string_view)> const& visit
) const
{
    std::string next(prefix);
    for (;;) {
        auto const found = state_->document.key_from(next);
        if (!found || !found->starts_with(prefix) || !visit(*found))
            return;
        next = *found;
        next += '\0';  // the least that comes behind it
    }
}

result<void> reference_store::put_json(std::string_view key, std::string json)
{
    if (auto const may = state_->check_change(); !may)
        return may;
    if (auto const checked = check_json(json, json_kind::object); !checked)
        return checked.error().within(key);
    state_->set(key, std::move(json));
    return {};
}

result<void> reference_store::put_bytes(std::string_view key, std::span<std::byte const> content)
{
    if (auto const may = state_->check_change(); !may)
        return may;
    bool const small = content.size() < least_blob_size || is_metadata_key(key);
    if (state_->has_blobs() && !small) {
        auto const blob = state_->file->put_blob(key, content);
        if (!blob)
            return blob.error().within(key);
        state_->set(key, encode_reference("./" + blob->name, blob->offset, blob->size));
        return {};
    }
    if (content.size() > state_->max.inline_bytes)
        return refuse(
                   errc::too_large,
                   "a chunk of " + std::to_string(content.size()) +
                       " bytes for a JSON file: use a .lindi.tar or smaller chunks"
        )
            .within(key);
    state_->set(key, encode_inline(content));
    return {};
}

result<void> reference_store::put(std::string_view key, entry value)
{
    if (auto const may = state_->check_change(); !may)
        return may;
    auto made = state_->to_value(value);
    if (!made)
        return made.error().within(key);
    state_->set(key, std::move(*made));
    return {};
}

result<bool> reference_store::erase(std::string_view key)
{
    if (auto const may = state_->check_change(); !may)
        return may.error();
    bool const was_there = state_->document.erase(key);
    state_->is_changed = state_->is_changed || was_there;
    return was_there;
}

result<std::uint64_t> reference_store::erase_all(std::string_view prefix)
{
    if (auto const may = state_->check_change(); !may)
        return may.error();
    std::uint64_t count = 0;
    auto found = key_from(prefix);
    while (found && found->starts_with(prefix)) {
        state_->document.erase(*found);
        ++count;
        found = key_from(*found);
    }
    state_->is_changed = state_->is_changed || count != 0;
    return count;
}

std::optional<std::string> reference_store::member(std::string_view name) const
{
    auto const found = state_->document.member(name);
    return found ? std::optional(std::string(*found)) : std::nullopt;
}

result<void> reference_store::put_member(std::string_view name, std::string json)
{
    if (auto const may = state_->check_change(); !may)
        return may;
    if (name == "refs" || name == "templates" || name == "version" || name == "gen")
        return refuse(errc::bad_value, "not a member to be set: " + std::string(name));
    if (auto const checked = check_json(json, json_kind::none); !checked)
        return checked;
    state_->document.set_member(name, std::move(json));
    state_->is_changed = true;
    return {};
}

bool reference_store::is_changed() const noexcept
{
    return state_->is_changed;
}

result<void> reference_store::flush()
{
    if (auto const may = state_->check_change(); !may)
        return may;
    if (!state_->is_changed)
        return {};
    auto const done = state_->file->commit(state_->document, state_->max);
    if (done)
        state_->is_changed = false;
    return done ? done : done.error().within(state_->path);
}

result<void> reference_store::pack()
{
    if (auto const may = state_->check_change(); !may)
        return may;
    std::set<std::string> named;
    result<void> status;
    for_each_key("", [&](std::string_view key) {
        auto const found = get(key);
        auto const* const blob = found && *found ? std::get_if<stored_blob>(&**found) : nullptr;
        if (blob != nullptr)
            named.insert(blob->name);
        // What cannot be understood may need any of them.
        if (!found)
            status = found.error();
        return found.has_value();
    });
    if (!status)
        return status;
    auto const done = state_->file->pack(state_->document, named, state_->max);
    if (done)
        state_->is_changed = false;
    return done ? done : done.error().within(state_->path);
}

result<rfs::document_state> reference_store::snapshot() const
{
    auto const text = std::make_shared<std::string>();
    rfs::json_writer out(
        [&](std::string_view piece) -> result<void> {
            text->append(piece);
            return {};
        },
        state_->max.output_bytes
    );
    state_->document.write(out);
    if (auto const done = out.finish(); !done)
        return done.error();
    budget enough(state_->max);
    auto document = rfs::reference_document::parse({text, {as_bytes(*text), 0}}, enough);
    if (!document)
        return document.error();
    rfs::document_state made;
    made.document = std::make_shared<rfs::reference_document const>(std::move(*document));
    state_->file->describe(made);
    return made;
}

}  // namespace lindi::edit
