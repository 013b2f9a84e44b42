#include "asset_urls.hpp"

#include <lindi/dandi/archive.hpp>
#include <lindi/dandi/pages.hpp>
#include <lindi/net/url.hpp>

#include <unordered_set>

namespace lindi::dandi {
namespace {

/// More pages than any archive has: a server that always says "next" ends somewhere.
constexpr unsigned most_pages = 100'000;

class api_source final : public asset_source {
public:
    api_source(instance from, archive_query query, fetch_document fetch)
        : from_(std::move(from)), query_(std::move(query)), fetch_(std::move(fetch))
    {}

    result<std::vector<source_part>> parts() override
    {
        auto rows = dandisets();
        if (!rows)
            return rows.error();
        std::vector<source_part> out;
        for (auto& row : *rows) {
            source_part part;
            part.name = from_.name + "/" + row.id;
            part.list = [this, row](on_asset const& tell) { return list(row, tell); };
            out.push_back(std::move(part));
        }
        return out;
    }

private:
    using seen_ids = std::unordered_set<std::string>;

    std::string page_query(unsigned number) const
    {
        return "?page=" + std::to_string(number) + "&page_size=" + std::to_string(query_.page_size);
    }

    result<std::vector<dandiset_row>> dandisets() const;
    result<dandiset_row> dandiset(std::string const& id) const;
    result<std::vector<std::string>> versions_of(dandiset_row const& of) const;
    result<void> list(dandiset_row const& of, on_asset const& tell) const;
    result<void> list_version(
        dandiset_row const& of, std::string const& version, seen_ids& seen, on_asset const& tell
    ) const;
    result<bool> list_once(
        dandiset_row const& of, std::string const& version, seen_ids& seen, on_asset const& tell
    ) const;

    instance from_;
    archive_query query_;
    fetch_document fetch_;
};

result<dandiset_row> api_source::dandiset(std::string const& id) const
{
    auto const text = fetch_(from_.api + "/dandisets/" + net::percent_encode(id, false) + "/");
    if (!text)
        return text.error();
    return decode_dandiset(*text);
}

result<std::vector<dandiset_row>> api_source::dandisets() const
{
    std::vector<dandiset_row> out;
    for (auto const& id : query_.dandisets) {
        auto row = dandiset(id);
        if (!row)
            return row.error().within("dandiset " + id);
        out.push_back(std::move(*row));
    }
    if (!query_.dandisets.empty())
        return out;
    std::unordered_set<std::string> seen;
    for (unsigned number = 1; number <= most_pages; ++number) {
        auto const text = fetch_(
            from_.api + "/dandisets/" + page_query(number) +
            "&ordering=id&draft=true&empty=false&embargoed=" + (query_.embargoed ? "true" : "false")
        );
        // Dandisets that went away meanwhile may take the last page with them.
        if (!text && number > 1 && text.error().code() == errc::not_found)
            return out;
        if (!text)
            return text.error();
        auto page = decode_dandiset_page(*text);
        if (!page)
            return page.error();
        for (auto& row : page->rows)
            if (seen.insert(row.id).second)
                out.push_back(std::move(row));
        if (page->next.empty())
            return out;
    }
    return error(errc::too_large, error::nowhere, "list of dandisets", "pages");
}

result<std::vector<std::string>> api_source::versions_of(dandiset_row const& of) const
{
    if (query_.version == "latest")
        return std::vector<std::string>{of.published.empty() ? "draft" : of.published};
    if (query_.version != "all")
        return std::vector<std::string>{query_.version};
    std::vector<std::string> out;
    for (unsigned number = 1; number <= most_pages; ++number) {
        auto const text = fetch_(
            from_.api + "/dandisets/" + of.id + "/versions/" + page_query(number) + "&order=created"
        );
        if (!text)
            return text.error();
        auto page = decode_version_page(*text);
        if (!page)
            return page.error();
        out.insert(out.end(), page->versions.begin(), page->versions.end());
        if (page->next.empty())
            return out;
    }
    return error(errc::too_large, error::nowhere, "list of versions", "pages");
}

result<void> api_source::list(dandiset_row const& of, on_asset const& tell) const
{
    auto const versions = versions_of(of);
    if (!versions)
        return versions.error().within("dandiset " + of.id);
    seen_ids seen;
    for (auto const& version : *versions)
        if (auto const done = list_version(of, version, seen, tell); !done)
            return done.error().within("dandiset " + of.id + " " + version);
    return {};
}

result<void> api_source::list_version(
    dandiset_row const& of, std::string const& version, seen_ids& seen, on_asset const& tell
) const
{
    // Rows move to earlier pages when others are taken away: what was jumped over shows the next
    // time.
    constexpr int most_times = 3;
    for (int i = 0; i < most_times; ++i) {
        auto const complete = list_once(of, version, seen, tell);
        if (!complete)
            return complete.error();
        if (*complete)
            return {};
    }
    return error(errc::io, error::nowhere, "list of assets", "it changes all the time");
}

/// \return whether as many different rows came as were announced
result<bool> api_source::list_once(
    dandiset_row const& of, std::string const& version, seen_ids& seen, on_asset const& tell
) const
{
    std::optional<std::uint64_t> announced;
    std::uint64_t others = 0;  // rows of Zarr assets
    seen_ids rows;
    for (unsigned number = 1; number <= most_pages; ++number) {
        auto const text = fetch_(
            from_.api + "/dandisets/" + of.id + "/versions/" + net::percent_encode(version, false) +
            "/assets/" + page_query(number) +
            "&order=created&glob=" + net::percent_encode(query_.filter.glob, false)
        );
        bool const is_past_end = !text && number > 1 && text.error().code() == errc::not_found;
        if (!text && !is_past_end)
            return text.error();
        auto page = is_past_end ? result<asset_page>(asset_page{}) : decode_asset_page(*text);
        if (!page)
            return page.error();
        if (number == 1)
            announced = page->count;
        others += page->row_count - page->rows.size();
        for (auto& row : page->rows) {
            rows.insert(row.id);
            row.embargoed = row.embargoed || of.embargoed;
            if (!query_.filter.wants(row) || !seen.insert(row.id).second)
                continue;
            complete(row, from_, of.id, version);
            if (auto const taken = tell(std::move(row)); !taken)
                return taken.error();
        }
        if (page->next.empty())
            return !announced || rows.size() + others >= *announced;
    }
    return error(errc::too_large, error::nowhere, "list of assets", "pages");
}

}  // namespace

std::unique_ptr<asset_source> archive_of(instance from, archive_query query, fetch_document fetch)
{
    return std::make_unique<api_source>(std::move(from), std::move(query), std::move(fetch));
}

}  // namespace lindi::dandi
