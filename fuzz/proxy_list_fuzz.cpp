#include <lindi/net/proxy.hpp>

#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string const text(reinterpret_cast<char const*>(data), size);
    auto const settings =
        lindi::net::proxies_from([&](char const*) { return std::optional(text); });
    if (settings)
        (void)lindi::net::proxy_for(*settings, *lindi::net::parse_url("http://10.0.0.1/"));
    return 0;
}
