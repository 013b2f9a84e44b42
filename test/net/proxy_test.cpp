#include <lindi/net/proxy.hpp>

#include <doctest/doctest.h>

#include <map>

using namespace lindi;
using namespace lindi::net;

namespace {

result<proxy_settings> from(std::map<std::string, std::string> variables)
{
    return proxies_from([&](char const* name) -> std::optional<std::string> {
        auto const found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

bool is_direct(std::string const& rules, char const* text)
{
    auto const settings =
        from({{"http_proxy", "p:1"}, {"https_proxy", "p:2"}, {"no_proxy", rules}});
    return !proxy_for(*settings, *parse_url(text));
}

}  // namespace

TEST_CASE("proxy: each scheme has its own, all_proxy serves the rest")
{
    auto const both = from({{"http_proxy", "p1:3128"}, {"HTTPS_PROXY", "http://me:x@p2:8080/"}});
    REQUIRE(both.has_value());
    CHECK(proxy_for(*both, *parse_url("http://h/"))->authority() == "p1:3128");
    CHECK(proxy_for(*both, *parse_url("https://h/"))->authority() == "p2:8080");
    CHECK(proxy_for(*both, *parse_url("https://h/"))->user_info == "me:x");
    auto const all = from({{"ALL_PROXY", "p3:1"}});
    CHECK(proxy_for(*all, *parse_url("http://h/"))->authority() == "p3:1");
    CHECK_FALSE(proxy_for(*from({}), *parse_url("http://h/")).has_value());
    CHECK_FALSE(proxy_for(*from({{"HTTP_PROXY", "evil:1"}}), *parse_url("http://h/")).has_value());
}

TEST_CASE("proxy: what cannot be used is an error without the password")
{
    CHECK(from({{"http_proxy", "socks5://p:1"}}).error().code() == errc::unsupported);
    CHECK(from({{"http_proxy", "https://p:1"}}).error().code() == errc::unsupported);
    auto const bad = from({{"https_proxy", "http://me:secret@p:99999"}});
    REQUIRE(bad.has_error());
    CHECK(bad.error().message().find("secret") == std::string::npos);
}

TEST_CASE("no_proxy: hosts, domains, ports, networks and everything")
{
    CHECK(is_direct("a, h.org ,b", "http://h.org/"));
    CHECK(is_direct("h.org", "https://sub.h.org/"));
    CHECK(is_direct(".h.org", "https://sub.h.org/"));
    CHECK(is_direct("*.h.org", "https://sub.h.org/"));
    CHECK(is_direct("H.ORG", "https://h.org/"));
    CHECK_FALSE(is_direct("h.org", "https://xh.org/"));
    CHECK_FALSE(is_direct("h.org", "https://h.org.evil/"));
    CHECK(is_direct("h.org:444", "https://h.org:444/"));
    CHECK_FALSE(is_direct("h.org:444", "https://h.org/"));
    CHECK(is_direct("10.0.0.0/8", "http://10.1.2.3/"));
    CHECK_FALSE(is_direct("10.0.0.0/8", "http://11.1.2.3/"));
    CHECK_FALSE(is_direct("10.0.0.0/99", "http://10.1.2.3/"));
    CHECK(is_direct("::1", "http://[::1]/"));
    CHECK(is_direct("*", "http://h/"));
    CHECK_FALSE(is_direct("", "http://h/"));
    CHECK_FALSE(is_direct(".,.", "http://h./"));
}
