#include <lindi/net/redirect.hpp>

#include <doctest/doctest.h>

using lindi::net::is_private_address;

TEST_CASE("addresses: those of the public network are public")
{
    for (auto const* const text :
         {"8.8.8.8",
          "52.216.0.1",
          "172.15.255.255",
          "172.32.0.0",
          "100.63.255.255",
          "169.253.0.1",
          "223.255.255.255",
          "2606:4700::1111",
          "2a00:1450:4001::1",
          "64:ff9b::808:808",
          "::ffff:8.8.8.8",
          "2002:808:808::1"}) {
        CAPTURE(text);
        CHECK_FALSE(is_private_address(text));
    }
}

TEST_CASE("addresses: special ones are private, however they are wrapped")
{
    for (auto const* const text :
         {"127.0.0.1",
          "127.255.255.254",
          "10.1.2.3",
          "172.16.0.1",
          "172.31.255.255",
          "192.168.0.1",
          "169.254.169.254",
          "100.64.0.1",
          "0.0.0.0",
          "224.0.0.1",
          "255.255.255.255",
          "198.18.0.1",
          "::1",
          "::",
          "fe80::1",
          "fc00::1",
          "fd00:ec2::254",
          "ff02::1",
          "::ffff:127.0.0.1",
          "::ffff:10.0.0.1",
          "64:ff9b::7f00:1",
          "2002:7f00:1::1",
          "2001:db8::1",
          "fe80::1%eth0",
          "example.org",
          ""}) {
        CAPTURE(text);
        CHECK(is_private_address(text));
    }
}

TEST_CASE("addresses: names are none")
{
    CHECK(lindi::net::is_ip_address("127.0.0.1"));
    CHECK(lindi::net::is_ip_address("::1"));
    CHECK_FALSE(lindi::net::is_ip_address("localhost"));
    CHECK_FALSE(lindi::net::is_ip_address("127.1"));
}
