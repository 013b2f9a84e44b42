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

std::string without_query(url const& of)
{
    auto out = of;
    out.target = std::string(of.path());
    return out.text();
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
    return has_signature(of) ? without_query(of) : of.text();
}

std::string stored_text(url const& of)
{
    auto out = without_query(of);
    auto const query = std::string_view(of.target).substr(of.path().size());
    return query.empty() || has_signature(of) ? out : out + "?sha256=" + hex_of(sha256(query));
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
