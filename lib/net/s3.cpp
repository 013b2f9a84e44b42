#include <lindi/net/s3.hpp>

#include <algorithm>

namespace lindi::net {
namespace {

constexpr std::string_view scheme = "s3://";

error bad_s3_url(std::string_view why)
{
    return {errc::bad_value, error::nowhere, "S3 URL", std::string(why)};
}

bool is_bucket_name(std::string_view name)
{
    return name.size() >= 3 && name.size() <= 63 &&
           std::all_of(name.begin(), name.end(), [](unsigned char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
           });
}

result<url> server_of(s3_settings const& settings)
{
    if (!settings.endpoint.empty())
        return parse_url(settings.endpoint);
    // The plain host redirects to the right region; the regional one needs no redirect.
    auto const region = settings.region.empty() ? std::string() : "." + settings.region;
    return parse_url("https://s3" + region + ".amazonaws.com/");
}

}  // namespace

s3_settings s3_settings_from(environment const& env)
{
    s3_settings out;
    out.endpoint = first_set(env, {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"});
    out.region = first_set(env, {"AWS_REGION", "AWS_DEFAULT_REGION"});
    out.access_key = first_set(env, {"AWS_ACCESS_KEY_ID"});
    out.secret_key = first_set(env, {"AWS_SECRET_ACCESS_KEY"});
    out.session_token = first_set(env, {"AWS_SESSION_TOKEN"});
    if (out.secret_key.empty())
        out.access_key.clear();
    return out;
}

result<url> s3_object_url(std::string_view s3_url, s3_settings const& settings)
{
    if (!s3_url.starts_with(scheme))
        return bad_s3_url("it does not start with s3://");
    auto const rest = s3_url.substr(scheme.size());
    auto const slash = rest.find('/');
    if (slash == std::string_view::npos || slash + 1 == rest.size())
        return bad_s3_url("no key");
    auto const bucket = rest.substr(0, slash);
    auto const key = rest.substr(slash + 1);
    if (!is_bucket_name(bucket))
        return bad_s3_url("no bucket name");

    auto server = server_of(settings);
    if (!server)
        return server.error().within("S3 endpoint");
    auto const escaped_key = percent_encode(key, true);
    bool const in_path = !settings.endpoint.empty() || bucket.find('.') != std::string_view::npos;
    auto const prefix = server->path() == "/" ? std::string() : std::string(server->path());
    if (in_path) {
        server->target =
            prefix + (prefix.ends_with('/') ? "" : "/") + std::string(bucket) + "/" + escaped_key;
    } else {
        server->host = std::string(bucket) + "." + server->host;
        server->target = "/" + escaped_key;
    }
    return server;
}

}  // namespace lindi::net
