#include <lindi/net/credentials.hpp>

#include <doctest/doctest.h>

#include <map>

using namespace lindi::net;

namespace {

environment made_of(std::map<std::string, std::string> variables)
{
    return [variables = std::move(variables)](char const* name) -> std::optional<std::string> {
        auto const found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
}

std::string sent_to(std::vector<credential> const& all, char const* text)
{
    return authorization_for(all, *parse_url(text));
}

}  // namespace

TEST_CASE("credentials: each key goes to the hosts of its archive")
{
    auto const all = dandi_credentials(made_of(
        {{"DANDI_API_KEY", "d"},
         {"DANDI_SANDBOX_API_KEY", "s"},
         {"LINC_API_KEY", "l"},
         {"EMBER_API_KEY", "e"}}
    ));
    CHECK(sent_to(all, "https://api.dandiarchive.org/api/") == "token d");
    CHECK(sent_to(all, "https://api.sandbox.dandiarchive.org/api/") == "token s");
    CHECK(sent_to(all, "https://api.lincbrain.org/") == "token l");
    CHECK(sent_to(all, "https://api-dandi.emberarchive.org/") == "token e");
    CHECK(sent_to(all, "https://staging-api.lincbrain.org/").empty());
}

TEST_CASE("credentials: nobody else gets them, and nobody without TLS")
{
    auto const all = dandi_credentials(made_of({{"DANDI_API_KEY", "d"}}));
    for (auto const* const text :
         {"https://dandiarchive.org/",
          "https://evil.example/api.dandiarchive.org/",
          "https://api.dandiarchive.org.evil.example/",
          "https://xapi.dandiarchive.org/",
          "http://api.dandiarchive.org/",
          "https://api.dandiarchive.org:444/",
          "https://dandiarchive.s3.amazonaws.com/",
          "https://api.sandbox.dandiarchive.org/"}) {
        CAPTURE(text);
        CHECK(sent_to(all, text).empty());
    }
}

TEST_CASE("credentials: lindi's older name for the sandbox, and keys that no header can carry")
{
    CHECK(
        sent_to(
            dandi_credentials(made_of({{"DANDI_STAGING_API_KEY", "s"}})),
            "https://api-staging.dandiarchive.org/"
        ) == "token s"
    );
    CHECK(dandi_credentials(made_of({{"DANDI_API_KEY", "a\r\nX: y"}})).empty());
    CHECK(dandi_credentials(made_of({{"DANDI_API_KEY", ""}})).empty());
}
