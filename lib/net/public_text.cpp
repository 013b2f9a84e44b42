#include "digest.hpp"
#include "text.hpp"

#include <lindi/net/public_text.hpp>

#include <algorithm>
#include <array>

namespace lindi::net {
namespace {

constexpr std::array signature_parameters = {
    "X-Amz-Signature",
    "X-Amz-Credential",
    "X-Amz-Security-Token",
    "X-Goog-Signature",
    "X-Goog-Credential",
    "Signature",
    "sig",
};

/// What says which bytes are meant: of S3, Google and Azure.
constexpr std::array content_parameters = {"versionId", "partNumber", "generation", "snapshot"};

std::string without_query(url const& of)
{
    auto out = of;
    out.target = std::string(of.path());
    return out.text();
}

/// The URL with the part of its query that is no signature.
std::string without_signature(url const& of)
{
    auto out = without_query(of);
    char before = '?';
    for (auto const* const name : content_parameters)
        if (auto const value = query_parameter(of, name); !value.empty()) {
            (out += before).append(name).append("=").append(percent_encode(value, false));
            before = '&';
        }
    return out;
}

}  // namespace

bool has_signature(url const& of)
{
    return std::any_of(
        signature_parameters.begin(),
        signature_parameters.end(),
        [&](char const* name) { return !query_parameter(of, name).empty(); }
    );
}

std::string public_text(url const& of)
{
    return has_signature(of) ? without_signature(of) : of.text();
}

std::string stored_text(url const& of)
{
    if (has_signature(of))
        return without_signature(of);
    auto const query = std::string_view(of.target).substr(of.path().size());
    auto const out = without_query(of);
    return query.empty() ? out : out + "?sha256=" + hex_of(sha256(query));
}

std::string public_name(std::string_view text)
{
    auto const parsed = parse_url(text);
    if (parsed)
        return parsed->user_info.empty() && !has_signature(*parsed) ? std::string(text)
                                                                    : public_text(*parsed);
    return without_secrets(text);
}

}  // namespace lindi::net
