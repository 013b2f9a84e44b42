#include <lindi/bulk/output.hpp>

#include <algorithm>
#include <array>

namespace lindi::bulk {
namespace {

/// As a part of a key that stays below the output's folder, whatever is in it.
std::string safe_part(std::string_view text)
{
    if (text.empty() || text == "." || text == "..")
        return "_";
    std::string out(text);
    std::replace_if(
        out.begin(), out.end(), [](unsigned char c) { return c < 0x20 || c == '/'; }, '_'
    );
    return out;
}

/// The same part by part: slashes stay.
std::string safe_path(std::string_view path)
{
    std::string out;
    while (!path.empty()) {
        auto const end = std::min(path.find('/'), path.size());
        if (end != 0)
            out.append(out.empty() ? "" : "/").append(safe_part(path.substr(0, end)));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return out.empty() ? "_" : out;
}

std::string name_in(std::string const& path)
{
    auto name = path.substr(path.rfind('/') + 1);
    if (name.ends_with(".nwb"))
        name.resize(name.size() - 4);
    return name;
}

using field_value = std::string (*)(dandi::asset const&, std::string const& instance);
struct field {
    std::string_view name;
    field_value value;
};

constexpr std::array<field, 6> fields = {{
    {"{instance}", [](dandi::asset const&, std::string const& i) { return safe_part(i); }},
    {"{dandiset}", [](dandi::asset const& a, std::string const&) { return safe_part(a.dandiset); }},
    {"{asset}", [](dandi::asset const& a, std::string const&) { return safe_part(a.id); }},
    {"{version}", [](dandi::asset const& a, std::string const&) { return safe_part(a.version); }},
    {"{path}", [](dandi::asset const& a, std::string const&) { return safe_path(a.path); }},
    {"{name}",
     [](dandi::asset const& a, std::string const&) { return safe_part(name_in(a.path)); }},
}};

std::string filled(std::string_view text, dandi::asset const& one, std::string const& instance)
{
    std::string out;
    while (!text.empty()) {
        auto const known = std::find_if(fields.begin(), fields.end(), [&](field const& f) {
            return text.starts_with(f.name);
        });
        if (known == fields.end()) {
            out += text.front();
            text.remove_prefix(1);
        } else {
            out += known->value(one, instance);
            text.remove_prefix(known->name.size());
        }
    }
    return out;
}

constexpr std::string_view archive_document =
    "{instance}/dandisets/{dandiset}/assets/{asset}/nwb.lindi.json";
constexpr std::string_view archive_info =
    "{instance}/dandisets/{dandiset}/assets/{asset}/info.json";

}  // namespace

result<output_layout> output_layout::parse(std::string text, std::string instance)
{
    auto const bad = [&](char const* why) {
        return error(errc::bad_value, error::nowhere, "template", why).within(text);
    };
    auto const rest = filled(text, {.id = "x", .dandiset = "x", .version = "x", .path = "x"}, "x");
    if (rest.find_first_of("{}") != std::string::npos)
        return bad("{instance}, {dandiset}, {asset}, {version}, {path} and {name} are known");
    if (rest.starts_with('/') || ("/" + rest + "/").find("/../") != std::string::npos)
        return bad("it leads out of the output's folder");
    if (text.find("{asset}") == std::string::npos && text.find("{path}") == std::string::npos)
        return bad("{asset} or {path} is needed to tell assets from one another");
    return output_layout(std::move(text), std::move(instance));
}

output_layout output_layout::usual(std::string instance)
{
    return {"", std::move(instance)};
}

std::string output_layout::document(dandi::asset const& one) const
{
    if (!text_.empty())
        return filled(text_, one, instance_);
    if (!one.dandiset.empty())
        return filled(archive_document, one, instance_);
    return safe_path(one.path) + ".lindi.json";
}

std::string output_layout::info(dandi::asset const& one) const
{
    return text_.empty() && !one.dandiset.empty() ? filled(archive_info, one, instance_)
                                                  : std::string();
}

}  // namespace lindi::bulk
