#include <lindi/bulk/records.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>

namespace lindi::bulk {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 4> state_names = {"todo", "working", "done", "failed"};

json::string_view as_json(std::string_view text)
{
    return {text.data(), text.size()};
}

/// Members of a parsed record; those that are missing or of another type leave the default.
class member_reader {
public:
    explicit member_reader(json::object const& from) : from_(&from) {}

    void read(char const* name, std::string& to) const
    {
        if (auto const* const value = from_->if_contains(name); value && value->is_string())
            to.assign(value->get_string().data(), value->get_string().size());
    }
    template <class Number>
        requires std::is_arithmetic_v<Number>
    void read(char const* name, Number& to) const
    {
        auto const* const value = from_->if_contains(name);
        if (value == nullptr || !(value->is_number() || value->is_bool()))
            return;
        if (value->is_bool())
            to = static_cast<Number>(value->get_bool());
        else if (value->is_double() && std::is_floating_point_v<Number>)
            to = static_cast<Number>(value->get_double());
        else if (value->is_double())
            return;  // no whole number, or none that 64 bits hold
        else if (value->is_uint64())
            to = static_cast<Number>(value->get_uint64());
        else
            to = static_cast<Number>(value->get_int64());
    }
    void read(char const* name, std::optional<std::uint64_t>& to) const
    {
        std::uint64_t value = 0;
        if (from_->if_contains(name) == nullptr)
            return;
        read(name, value);
        to = value;
    }
    void read(char const* name, std::vector<std::string>& to) const
    {
        auto const* const value = from_->if_contains(name);
        if (value == nullptr || !value->is_array())
            return;
        for (auto const& item : value->get_array())
            if (item.is_string())
                to.emplace_back(item.get_string().data(), item.get_string().size());
    }
    void read(char const* name, std::map<std::string, std::uint64_t>& to) const
    {
        auto const* const value = from_->if_contains(name);
        if (value == nullptr || !value->is_object())
            return;
        for (auto const& [key, count] : value->get_object())
            if (count.is_int64() && count.get_int64() >= 0)
                to[std::string(key)] = static_cast<std::uint64_t>(count.get_int64());
    }

private:
    json::object const* from_;
};

result<json::object> parse_record(std::string_view text)
{
    boost::system::error_code wrong;
    auto parsed = json::parse(as_json(text), wrong);
    if (wrong || !parsed.is_object())
        return error(errc::bad_value, error::nowhere, "journal record");
    return std::move(parsed.get_object());
}

/// A key that LMDB takes: long texts end in their hash.
std::string short_key(std::string text)
{
    constexpr std::size_t longest = 400;
    if (text.size() <= longest)
        return text;
    auto const hash = std::to_string(stable_hash(text));
    return text.substr(0, longest - hash.size()) + hash;
}

}  // namespace

std::string_view name_of(blob_state state) noexcept
{
    return state_names[static_cast<std::size_t>(state)];
}

std::string key_of(dandi::asset const& one)
{
    return short_key(one.dandiset + "/" + one.id);
}

std::string blob_key_of(dandi::asset const& one)
{
    return short_key(one.blob.empty() ? one.url : one.blob);
}

std::string version_of(dandi::asset const& one)
{
    // A blob of an archive is its content; dates are those of the asset.
    bool const is_archived = !one.blob.empty() && !one.dandiset.empty();
    return one.digest + " " + (one.size ? std::to_string(*one.size) : "") + " " +
           (is_archived ? "" : one.modified);
}

std::uint64_t stable_hash(std::string_view text) noexcept
{
    std::uint64_t out = 14695981039346656037U;
    for (char const c : text)
        out = (out ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return out;
}

std::string encode(blob_record const& record)
{
    json::object types;
    for (auto const& [name, count] : record.content.types)
        types[as_json(name)] = count;
    json::object out = {
        {"state", as_json(name_of(record.state))},
        {"version", record.version},
        {"recipe", record.recipe},
        {"attempts", record.attempts},
        {"interruptions", record.interruptions},
        {"kind", as_json(name_of(record.kind))},
        {"cause", record.cause},
        {"ended", record.ended},
        {"seconds", record.seconds},
        {"bytes", record.bytes},
        {"requests", record.requests},
        {"document", record.document},
        {"document_bytes", record.document_bytes},
        {"head_bytes", record.head_bytes},
        {"reference", record.reference},
        {"objects", record.content.objects},
        {"types", std::move(types)},
        {"problems", json::array(record.content.problems.begin(), record.content.problems.end())},
    };
    return json::serialize(out);
}

std::string encode(asset_record const& record)
{
    auto const& one = record.is;
    json::object out = {
        {"id", one.id},
        {"dandiset", one.dandiset},
        {"version", one.version},
        {"path", one.path},
        {"url", one.url},
        {"reference", one.reference},
        {"blob", one.blob},
        {"download", one.download},
        {"modified", one.modified},
        {"digest", one.digest},
        {"embargoed", one.embargoed},
        {"part", record.part},
        {"number", record.number},
        {"listed", record.listed},
        {"gone", record.gone},
        {"written", record.written},
    };
    if (one.size)
        out["size"] = *one.size;
    return json::serialize(out);
}

result<blob_record> decode_blob_record(std::string_view text)
{
    auto const parsed = parse_record(text);
    if (!parsed)
        return parsed.error();
    member_reader const in(*parsed);
    blob_record out;
    std::string state;
    std::string kind;
    in.read("state", state);
    in.read("kind", kind);
    for (std::size_t i = 0; i < state_names.size(); ++i)
        if (state == state_names[i])
            out.state = static_cast<blob_state>(i);
    out.kind = failure_kind_named(kind).value_or(failure_kind::internal);
    in.read("version", out.version);
    in.read("recipe", out.recipe);
    in.read("attempts", out.attempts);
    in.read("interruptions", out.interruptions);
    in.read("cause", out.cause);
    in.read("ended", out.ended);
    in.read("seconds", out.seconds);
    in.read("bytes", out.bytes);
    in.read("requests", out.requests);
    in.read("document", out.document);
    in.read("document_bytes", out.document_bytes);
    in.read("head_bytes", out.head_bytes);
    in.read("reference", out.reference);
    in.read("objects", out.content.objects);
    in.read("types", out.content.types);
    in.read("problems", out.content.problems);
    return out;
}

result<asset_record> decode_asset_record(std::string_view text)
{
    auto const parsed = parse_record(text);
    if (!parsed)
        return parsed.error();
    member_reader const in(*parsed);
    asset_record out;
    in.read("id", out.is.id);
    in.read("dandiset", out.is.dandiset);
    in.read("version", out.is.version);
    in.read("path", out.is.path);
    in.read("url", out.is.url);
    in.read("reference", out.is.reference);
    in.read("blob", out.is.blob);
    in.read("download", out.is.download);
    in.read("size", out.is.size);
    in.read("modified", out.is.modified);
    in.read("digest", out.is.digest);
    in.read("embargoed", out.is.embargoed);
    in.read("part", out.part);
    in.read("number", out.number);
    in.read("listed", out.listed);
    in.read("gone", out.gone);
    in.read("written", out.written);
    return out;
}

}  // namespace lindi::bulk
