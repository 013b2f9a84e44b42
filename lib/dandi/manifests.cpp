#include "asset_urls.hpp"

#include <lindi/dandi/archive.hpp>
#include <lindi/dandi/pages.hpp>
#include <lindi/net/url.hpp>

#include <algorithm>
#include <unordered_set>

namespace lindi::dandi {
namespace {

constexpr unsigned most_pages = 100'000;

class manifest_source final : public asset_source {
public:
    manifest_source(instance from, archive_query query, fetch_document fetch)
        : from_(std::move(from)), query_(std::move(query)), fetch_(std::move(fetch))
    {}

    result<std::vector<source_part>> parts() override
    {
        auto ids = query_.dandisets.empty() ? folders("dandisets/")
                                            : result<std::vector<std::string>>(query_.dandisets);
        if (!ids)
            return ids.error();
        std::vector<source_part> out;
        for (auto& id : *ids) {
            source_part part;
            part.name = from_.name + "/" + id;
            part.list = [this, id](on_asset const& tell) { return list(id, tell); };
            out.push_back(std::move(part));
        }
        return out;
    }

private:
    result<std::vector<std::string>> folders(std::string const& below) const;
    result<std::vector<std::string>> versions_of(std::string const& id) const;
    result<void> list(std::string const& id, on_asset const& tell) const;

    instance from_;
    archive_query query_;
    fetch_document fetch_;
};

/// Names of the folders in a folder of the bucket.
result<std::vector<std::string>> manifest_source::folders(std::string const& below) const
{
    std::vector<std::string> out;
    std::string token;
    for (unsigned number = 0; number < most_pages; ++number) {
        auto const more = token.empty()
                              ? std::string()
                              : "&continuation-token=" + net::percent_encode(token, false);
        auto const text = fetch_(
            from_.bucket +
            "/?list-type=2&delimiter=%2F&prefix=" + net::percent_encode(below, false) + more
        );
        if (!text)
            return text.error();
        auto const page = decode_folder_page(*text);
        if (!page)
            return page.error();
        for (auto const& folder : page->folders) {
            auto name = folder.substr(std::min(below.size(), folder.size()));
            while (name.ends_with('/'))
                name.pop_back();
            if (is_plain_name(name))
                out.push_back(std::move(name));
        }
        if (page->next.empty())
            return out;
        token = page->next;
    }
    return error(errc::too_large, error::nowhere, "bucket listing", "pages");
}

result<std::vector<std::string>> manifest_source::versions_of(std::string const& id) const
{
    if (query_.version != "latest" && query_.version != "all")
        return std::vector<std::string>{query_.version};
    auto all = folders("dandisets/" + id + "/");
    if (!all || query_.version == "all")
        return all;
    // Names have the date of publication in them, 0.YYMMDD.HHMM: the largest text is the latest.
    std::erase(*all, "draft");
    auto const last = std::max_element(all->begin(), all->end());
    return std::vector<std::string>{last == all->end() ? "draft" : *last};
}

result<void> manifest_source::list(std::string const& id, on_asset const& tell) const
{
    auto const versions = versions_of(id);
    if (!versions)
        return versions.error().within("dandiset " + id);
    std::unordered_set<std::string> seen;
    for (auto const& version : *versions) {
        auto const text =
            fetch_(from_.bucket + "/dandisets/" + id + "/" + version + "/assets.jsonld");
        if (!text)
            return text.error().within("dandiset " + id + " " + version);
        auto assets = decode_manifest(*text);
        if (!assets)
            return assets.error().within("dandiset " + id + " " + version);
        for (auto& one : *assets) {
            if (!query_.filter.wants(one) || !seen.insert(one.id).second)
                continue;
            complete(one, from_, id, version);
            if (auto const taken = tell(std::move(one)); !taken)
                return taken.error();
        }
    }
    return {};
}

}  // namespace

std::unique_ptr<asset_source> manifests_of(instance from, archive_query query, fetch_document fetch)
{
    return std::make_unique<manifest_source>(std::move(from), std::move(query), std::move(fetch));
}

}  // namespace lindi::dandi
