#include "metadata.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <cstdio>
#include <ctime>

namespace lindi::bulk {
namespace {

namespace json = boost::json;

/// "2026-11-23T10:12:15Z"
std::string time_text(std::int64_t seconds)
{
    auto const time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    std::array<char, 32> out{};
    if (::gmtime_r(&time, &parts) == nullptr ||
        std::strftime(out.data(), out.size(), "%FT%TZ", &parts) == 0)
        return {};
    return out.data();
}

std::string duration_text(double seconds)
{
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "%.1f seconds", seconds);
    return out.data();
}

void add(json::object& to, char const* name, std::string const& text)
{
    if (!text.empty())
        to[name] = text;
}

}  // namespace

json::object
generation_metadata(generator const& by, dandi::asset const& of, generation const& made)
{
    json::object out = {{"generatedBy", by.name}, {"generatedByVersion", by.version}};
    add(out, "dandisetId", of.dandiset);
    add(out, "dandisetVersion", of.version);
    add(out, "assetId", of.id);
    add(out, "assetPath", of.path);
    add(out, "assetDownloadUrl", of.download);
    if (of.size)
        out["assetSize"] = *of.size;
    add(out, "blobId", of.blob);
    add(out, "digest", of.digest);
    out["generationTimestamp"] = time_text(made.time);
    out["generationDuration"] = duration_text(made.seconds);
    out["lindiVersion"] = LINDI_VERSION;
    return out;
}

std::string info_text(json::object metadata, std::vector<std::string> const& problems)
{
    if (!problems.empty())
        metadata["problems"] = json::array(problems.begin(), problems.end());
    json::object out;
    out["generationMetadata"] = std::move(metadata);
    return json::serialize(out) + "\n";
}

}  // namespace lindi::bulk
