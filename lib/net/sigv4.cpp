#include "digest.hpp"

#include <lindi/net/presigned.hpp>
#include <lindi/net/s3.hpp>

#include <algorithm>

namespace lindi::net {
namespace {

std::string_view as_key(digest const& d)
{
    return {reinterpret_cast<char const*>(d.data()), d.size()};
}

/// Header names in lower case, sorted: once with values, once as a list.
struct canonical_headers {
    std::string lines;
    std::string names;
};

canonical_headers canonical(headers all)
{
    std::sort(all.begin(), all.end());
    canonical_headers out;
    for (auto const& [name, value] : all) {
        out.lines.append(name).append(":").append(value).append("\n");
        out.names.append(out.names.empty() ? "" : ";").append(name);
    }
    return out;
}

/// Parameters sorted by name; "name" alone is "name=".
std::string canonical_query(std::string_view target)
{
    auto const mark = target.find('?');
    if (mark == std::string_view::npos)
        return {};
    std::vector<std::string> parameters;
    auto rest = target.substr(mark + 1);
    while (!rest.empty()) {
        auto const end = std::min(rest.find('&'), rest.size());
        std::string parameter(rest.substr(0, end));
        if (parameter.find('=') == std::string::npos)
            parameter += '=';
        parameters.push_back(std::move(parameter));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::sort(parameters.begin(), parameters.end());
    std::string out;
    for (auto const& parameter : parameters)
        out.append(out.empty() ? "" : "&").append(parameter);
    return out;
}

}  // namespace

headers sign_request(s3_settings const& settings, request_to_sign request, std::int64_t now)
{
    auto const time = write_amz_date(now);
    auto const day = time.substr(0, 8);
    auto const region = settings.region.empty() ? std::string("us-east-1") : settings.region;
    auto const scope = day + "/" + region + "/s3/aws4_request";
    auto const body_hash = hex_of(sha256(request.body));

    headers out = {{"x-amz-content-sha256", body_hash}, {"x-amz-date", time}};
    if (!settings.session_token.empty())
        out.emplace_back("x-amz-security-token", settings.session_token);
    auto to_sign = out;
    to_sign.insert(to_sign.end(), request.fields.begin(), request.fields.end());
    to_sign.emplace_back("host", request.object.authority());
    auto const headers_text = canonical(std::move(to_sign));

    auto const asked = std::string(request.method) + "\n" + std::string(request.object.path()) +
                       "\n" + canonical_query(request.object.target) + "\n" + headers_text.lines +
                       "\n" + headers_text.names + "\n" + body_hash;
    auto const text = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hex_of(sha256(asked));
    auto const day_key = hmac("AWS4" + settings.secret_key, day);
    auto const region_key = hmac(as_key(day_key), region);
    auto const service_key = hmac(as_key(region_key), "s3");
    auto const key = hmac(as_key(service_key), "aws4_request");
    out.emplace_back(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=" + settings.access_key + "/" + scope +
            ",SignedHeaders=" + headers_text.names + ",Signature=" + hex_of(hmac(as_key(key), text))
    );
    return out;
}

headers
sign_get(s3_settings const& settings, url const& object, std::string const& range, std::int64_t now)
{
    headers fields;
    if (!range.empty())
        fields.emplace_back("range", range);
    return sign_request(settings, {.object = object, .fields = std::move(fields)}, now);
}

}  // namespace lindi::net
