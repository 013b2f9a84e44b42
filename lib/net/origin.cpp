#include "origin.hpp"

#include <lindi/net/dandi_url.hpp>

namespace lindi::net {
namespace {

std::string rewritten(client_options const& options, std::string const& text)
{
    for (auto const& rewrite : options.rewriters)
        if (auto other = rewrite(text))
            return std::move(*other);
    return text;
}

}  // namespace

result<file_origin> origin_of(client_options const& options, std::string const& text)
{
    auto const final_text = rewritten(options, text);
    bool const is_s3 = final_text.starts_with("s3://");
    auto parsed = is_s3 ? s3_object_url(final_text, options.s3) : parse_url(final_text);
    if (!parsed)
        return parsed.error();
    if (!parsed->user_info.empty())
        return error(errc::unsupported, error::nowhere, "URL", "a user or password in it");
    file_origin out{std::move(*parsed), is_s3 && !options.s3.access_key.empty()};
    auto const asset = parse_dandi_asset(out.at);
    bool const is_download = out.at.path().find("/download") != std::string_view::npos;
    if (asset && !is_download && out.at.tls && out.at.port == 443)
        out.at = download_url(*asset);
    return out;
}

}  // namespace lindi::net
