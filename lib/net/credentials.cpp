#include <lindi/net/credentials.hpp>

#include <algorithm>

namespace lindi::net {
namespace {

bool fits_a_header(std::string const& secret)
{
    return std::all_of(secret.begin(), secret.end(), [](unsigned char c) {
        return c > 0x20 && c < 0x7f;
    });
}

}  // namespace

std::vector<credential> dandi_credentials(environment const& env)
{
    std::vector<credential> out;
    auto const bind = [&](std::initializer_list<char const*> names,
                          std::initializer_list<char const*> hosts) {
        auto const key = first_set(env, names);
        if (key.empty() || !fits_a_header(key))
            return;
        for (auto const* const host : hosts)
            out.push_back({host, "token " + key});
    };
    bind({"DANDI_API_KEY"}, {"api.dandiarchive.org"});
    bind(
        {"DANDI_SANDBOX_API_KEY", "DANDI_STAGING_API_KEY"},
        {"api.sandbox.dandiarchive.org", "api-staging.dandiarchive.org"}
    );
    bind({"LINC_API_KEY"}, {"api.lincbrain.org"});
    bind({"LINC_STAGING_API_KEY"}, {"staging-api.lincbrain.org"});
    bind({"EMBER_API_KEY"}, {"api-dandi.emberarchive.org"});
    bind({"EMBER_SANDBOX_API_KEY"}, {"api-dandi-sandbox.emberarchive.org"});
    return out;
}

std::string authorization_for(std::vector<credential> const& all, url const& to)
{
    if (!to.tls || to.port != 443)
        return {};
    for (auto const& one : all)
        if (one.host == to.host)
            return one.authorization;
    return {};
}

}  // namespace lindi::net
