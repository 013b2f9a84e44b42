#include <lindi/net/redirect.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include <arpa/inet.h>

namespace lindi::net {
namespace {

struct network {
    std::uint32_t address;
    unsigned bits;
};

constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d)
{
    return a << 24 | b << 16 | c << 8 | d;
}

/// IANA IPv4 Special-Purpose Address Registry, and multicast and reserved space above it.
constexpr std::array private_networks = {
    network{ip(0, 0, 0, 0), 8},
    network{ip(10, 0, 0, 0), 8},
    network{ip(100, 64, 0, 0), 10},
    network{ip(127, 0, 0, 0), 8},
    network{ip(169, 254, 0, 0), 16},
    network{ip(172, 16, 0, 0), 12},
    network{ip(192, 0, 0, 0), 24},
    network{ip(192, 0, 2, 0), 24},
    network{ip(192, 168, 0, 0), 16},
    network{ip(198, 18, 0, 0), 15},
    network{ip(198, 51, 100, 0), 24},
    network{ip(203, 0, 113, 0), 24},
    network{ip(224, 0, 0, 0), 3},
};

bool is_private_v4(std::uint32_t address)
{
    return std::any_of(private_networks.begin(), private_networks.end(), [&](network const& n) {
        return (address ^ n.address) >> (32 - n.bits) == 0;
    });
}

using v6_bytes = std::array<std::uint8_t, 16>;

std::uint32_t v4_at(v6_bytes const& b, std::size_t i)
{
    return ip(b[i], b[i + 1], b[i + 2], b[i + 3]);
}

bool starts_with(v6_bytes const& b, std::initializer_list<std::uint8_t> prefix)
{
    return std::equal(prefix.begin(), prefix.end(), b.begin());
}

bool is_private_v6(v6_bytes const& b)
{
    if (starts_with(b, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}))
        return is_private_v4(v4_at(b, 12));
    if (starts_with(b, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))
        return is_private_v4(v4_at(b, 12));
    if (starts_with(b, {0x20, 0x02}))  // 6to4
        return is_private_v4(v4_at(b, 2));
    if (starts_with(b, {0x20, 0x01, 0x0d, 0xb8}) || starts_with(b, {0x20, 0x01, 0, 0}))
        return true;               // documentation, Teredo
    return (b[0] & 0xe0) != 0x20;  // global unicast is 2000::/3
}

}  // namespace

bool is_private_address(std::string_view text)
{
    std::string const terminated(text);
    in_addr v4{};
    if (::inet_pton(AF_INET, terminated.c_str(), &v4) == 1)
        return is_private_v4(ntohl(v4.s_addr));
    v6_bytes v6{};
    if (::inet_pton(AF_INET6, terminated.c_str(), v6.data()) == 1)
        return is_private_v6(v6);
    return true;
}

bool is_ip_address(std::string_view host)
{
    std::string const terminated(host);
    v6_bytes any{};
    return ::inet_pton(AF_INET, terminated.c_str(), any.data()) == 1 ||
           ::inet_pton(AF_INET6, terminated.c_str(), any.data()) == 1;
}

}  // namespace lindi::net
