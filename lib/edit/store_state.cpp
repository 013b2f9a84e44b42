#include "store_state.hpp"

#include <lindi/codec/base64.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/zarr/json_text.hpp>

#include <algorithm>

namespace lindi::edit {
namespace {

constexpr char const* structure = "LINDI file";
constexpr std::string_view base64_mark = "base64:";

}  // namespace

error refuse(errc code, std::string why)
{
    return error(code, error::nowhere, structure, std::move(why));
}

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

result<void> check_json(std::string_view text, json_kind kind)
{
    json_reader r(text, structure);
    if (r.kind() != kind && kind != json_kind::none)
        r.fail(errc::bad_value, "JSON of another kind was expected");
    r.take_raw();
    r.expect_end();
    return r.ok() ? result<void>() : r.failure();
}

result<void> reference_store::state::check_change() const
{
    if (!is_writable)
        return refuse(errc::unsupported, "it is open for reading only").within(path);
    return file->check_usable();
}

result<void> reference_store::state::set(std::string_view key, std::string value)
{
    if (value.size() > max.memory || document.changed_bytes() > max.memory - value.size())
        return refuse(
                   errc::too_large,
                   "more than memory in one document: use a .lindi.tar, or flush "
                   "and open it again"
        )
            .within(key);
    document.set(key, std::move(value));
    is_changed = true;
    return {};
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

}  // namespace lindi::edit
