// What the file behind a URL is called: in caches and in references.

#include "http_source_state.hpp"
#include "origin.hpp"

#include <lindi/net/dandi_url.hpp>
#include <lindi/net/public_text.hpp>

namespace lindi::net {

result<origin_facts> facts_of(client_options const& options, std::string const& text)
{
    auto const origin = origin_of(options, text);
    if (!origin)
        return origin.error();
    return origin_facts{
        stored_text(origin->at), parse_dandi_asset(origin->at) || public_blob_url(origin->at)};
}

std::optional<std::string> http_source::blob_id() const
{
    auto const& target = state_->resource.target;
    return dandi_blob_id(target ? *target : state_->resource.origin);
}

std::optional<std::string> http_source::content_id() const
{
    auto const& from = state_->resource;
    auto const& known = state_->identity;
    auto const place = from.target ? *from.target : from.origin;
    auto const size = std::to_string(known.size);
    if (auto const blob = public_blob_url(place))
        return "blob " + size + " " + blob->text();
    auto const where = stored_text(place);
    if (known.has_strong_etag())
        return "etag " + size + " " + known.etag + " " + known.version + " " + where;
    if (!known.last_modified.empty())
        return "date " + size + " " + known.last_modified + " " + where;
    return std::nullopt;
}

std::string http_source::reference(reference_url form) const
{
    auto const& from = state_->resource;
    if (form == reference_url::api)
        if (auto const asset = parse_dandi_asset(from.origin))
            return download_url(*asset).text();
    if (form == reference_url::blob)
        if (auto const blob = public_blob_url(from.target ? *from.target : from.origin))
            return blob->text();
    return state_->name;
}

}  // namespace lindi::net
