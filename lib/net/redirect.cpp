#include "text.hpp"

#include <lindi/net/redirect.hpp>

namespace lindi::net {
namespace {

error bad_redirect(url const& from, std::string const& why)
{
    return {errc::io, error::nowhere, "redirect", "from " + from.authority() + ": " + why};
}

}  // namespace

bool is_redirect(unsigned status) noexcept
{
    return (status >= 301 && status <= 303) || status == 307 || status == 308;
}

result<url> follow_redirect(
    redirect_options const& options, url const& from, std::string_view location, unsigned followed
)
{
    if (followed >= options.most)
        return bad_redirect(from, "more than " + std::to_string(options.most) + " in a row");
    if (location.empty())
        return bad_redirect(from, "no Location");
    auto to = resolve_url(from, location);
    if (!to)
        return bad_redirect(from, "Location: " + std::string(to.error().detail()));
    if (!to->user_info.empty())
        return bad_redirect(from, "the Location holds a password");
    if (from.tls && !to->tls && !options.from_https_to_http)
        return bad_redirect(from, "it leaves https");
    return to;
}

}  // namespace lindi::net
