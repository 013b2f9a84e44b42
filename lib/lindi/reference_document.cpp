#include <lindi/codec/base64.hpp>
#include <lindi/lindi/reference_document.hpp>

#include <algorithm>

namespace lindi::rfs {
namespace {

constexpr char const* structure = "reference file";
constexpr std::uint64_t longest_text = (std::uint64_t{1} << 40) - 1;
constexpr std::size_t longest_url = 64 * 1024;
constexpr std::size_t longest_key = (std::size_t{1} << 24) - 1;

/// A number that cannot be negative.
std::uint64_t take_natural(json_reader& r)
{
    if (r.kind() != json_kind::number) {
        r.fail(errc::bad_value, "a number must be here");
        return 0;
    }
    auto const number = r.take_number();
    if (auto const* const natural = std::get_if<std::uint64_t>(&number))
        return *natural;
    auto const* const whole = std::get_if<std::int64_t>(&number);
    if (whole != nullptr && *whole >= 0)
        return static_cast<std::uint64_t>(*whole);
    r.fail(errc::bad_value, "no offset or length");
    return 0;
}

/// `[url]` or `[url, offset, length]`
byte_reference take_reference(json_reader& r)
{
    byte_reference out;
    r.begin_list();
    if (!r.next()) {
        r.fail(errc::bad_value, "a reference without a url");
        return out;
    }
    out.raw_url = r.take_raw_text();
    if (!r.next())
        return out;
    out.offset = take_natural(r);
    if (!r.next()) {
        r.fail(errc::bad_value, "a reference without a length");
        return out;
    }
    out.size = take_natural(r);
    if (r.next())
        r.fail(errc::bad_value, "a reference of more than three items");
    return out;
}

bool is_empty_container(std::string_view raw)
{
    return raw.find_first_not_of(" \t\r\n", 1) == raw.size() - 1;
}

}  // namespace

void reference_document::add_key(json_reader& r, std::string_view raw_key)
{
    auto const at = static_cast<std::uint64_t>(raw_key.data() - text().data());
    if (raw_key.size() > longest_key) {
        r.fail(errc::too_large, "a key of more than 16 MiB");
        return;
    }
    keys_.push_back({at & longest_text, static_cast<std::uint64_t>(raw_key.size()) & longest_key});
}

void reference_document::read_references(json_reader& r, budget& from)
{
    std::size_t paid = 0;
    std::string_view key;
    for (r.begin_object(); r.next_member(key); r.take_raw()) {
        if (keys_.size() == paid) {
            constexpr std::size_t step = 65536;
            paid += step;
            if (auto const spent = from.spend_memory(2 * step * sizeof(place), r.position());
                !spent)
                r.fail(errc::too_large, std::string(spent.error().detail()));
        }
        add_key(r, key);
    }
}

result<reference_document> reference_document::parse(block text, budget& from)
{
    reference_document out;
    out.text_ = std::move(text);
    if (out.text_.view.size() > longest_text)
        return error(errc::too_large, error::nowhere, structure, "over 1 TiB");
    json_reader r(out.text(), structure, out.text_.view.at);
    bool found = false;
    std::string_view key;
    for (r.begin_object(); r.next_member(key);) {
        if (key == "refs" && r.kind() == json_kind::object) {
            out.keys_.clear();  // of two members with one name, the last counts
            found = true;
            out.read_references(r, from);
        } else {
            if (auto const spent = from.spend_memory(2 * sizeof(member), r.position()); !spent)
                return spent.error();
            auto const raw = r.take_raw();
            out.others_.push_back({key, raw});
        }
    }
    r.expect_end();
    if (!r.ok())
        return r.failure();
    auto const done = found ? out.check_members() : out.take_members_as_references(from);
    if (!done)
        return done.error();
    out.keys_.shrink_to_fit();
    return out;
}

result<void> reference_document::check_members()
{
    for (auto const& m : others_) {
        if (m.raw_key == "version" && m.raw_value != "1" && m.raw_value != "0")
            return error(
                errc::unsupported_version,
                static_cast<std::uint64_t>(m.raw_value.data() - text().data()),
                structure,
                "version " + std::string(m.raw_value.substr(0, 40))
            );
        if (m.raw_key == "gen" && !is_empty_container(m.raw_value))
            return error(
                errc::unsupported,
                static_cast<std::uint64_t>(m.raw_value.data() - text().data()),
                structure,
                "references that are to be generated (gen)"
            );
        if (m.raw_key == "templates")
            if (auto const read = read_templates(m.raw_value); !read)
                return read;
    }
    return {};
}

result<void> reference_document::take_members_as_references(budget& from)
{
    if (auto const spent = from.spend_memory(others_.size() * 2 * sizeof(place), 0); !spent)
        return spent;
    json_reader r(text(), structure);
    bool has_root = false;
    for (auto const& m : others_) {
        has_root = has_root || m.raw_key == ".zgroup";
        add_key(r, m.raw_key);
    }
    others_.clear();
    if (!has_root)
        return error(errc::bad_value, 0, structure, "neither \"refs\" nor \".zgroup\" in it");
    return r.ok() ? result<void>() : r.failure();
}

result<void> reference_document::read_templates(std::string_view raw)
{
    json_reader r(raw, "templates", static_cast<std::uint64_t>(raw.data() - text().data()));
    templates_.clear();
    std::string_view key;
    for (r.begin_object(); r.next_member(key);) {
        auto const name = unescape_json(key);
        auto url = r.take_text();
        if (!name)
            return name.error();
        templates_[*name] = std::move(url);
    }
    return r.ok() ? result<void>() : r.failure();
}

result<reference_value> reference_document::value(std::size_t i) const
{
    // The text was parsed: behind the key come its quote and a colon.
    auto const start = text().find(':', keys_[i].at + keys_[i].size) + 1;
    json_reader r(text().substr(start), structure, text_.view.at + start);
    switch (r.kind()) {
    case json_kind::text:
    case json_kind::object: {
        auto const raw = r.take_raw();
        return r.finish(reference_value(inline_content{raw}));
    }
    case json_kind::list: {
        auto const reference = take_reference(r);
        return r.finish(reference_value(reference));
    }
    default:
        r.fail(errc::bad_value, "neither text nor an object nor a reference");
        return r.failure();
    }
}

std::string reference_document::expand(std::string_view raw_url) const
{
    auto const unescaped = unescape_json(raw_url);
    auto const url = unescaped ? *unescaped : std::string(raw_url);
    std::string out;
    std::size_t done = 0;
    std::size_t end = 0;
    for (auto at = url.find("{{"); at != url.npos && out.size() < longest_url;) {
        if (end < at + 2)
            end = url.find("}}", at + 2);
        if (end == url.npos)
            break;
        auto const found = templates_.find(std::string_view(url).substr(at + 2, end - at - 2));
        auto const next = found == templates_.end() ? at + 2 : end + 2;
        if (found != templates_.end()) {
            out.append(url, done, at - done).append(found->second);
            done = next;
        }
        at = url.find("{{", next);
    }
    return out.append(url, done, url.npos);
}

result<lindi::bytes> decode_inline(std::string_view raw)
{
    constexpr std::string_view base64 = "base64:";
    if (raw.starts_with('{'))
        return lindi::bytes(as_bytes(raw).begin(), as_bytes(raw).end());
    if (raw.size() < 2)
        return error(errc::truncated, error::nowhere, structure, "no string");
    raw = raw.substr(1, raw.size() - 2);
    if (raw.starts_with(base64) && raw.find('\\') == raw.npos)
        return codec::decode_base64(raw.substr(base64.size()));
    auto const text = unescape_json(raw);
    if (!text)
        return text.error();
    if (text->starts_with(base64))
        return codec::decode_base64(std::string_view(*text).substr(base64.size()));
    return lindi::bytes(as_bytes(*text).begin(), as_bytes(*text).end());
}

}  // namespace lindi::rfs
