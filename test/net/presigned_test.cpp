#include <lindi/net/presigned.hpp>

#include <doctest/doctest.h>

using namespace lindi::net;

TEST_CASE("presigned URL: AWS dates there and back")
{
    // date -u -d '2013-05-24 00:00:00' +%s
    CHECK(parse_amz_date("20130524T000000Z") == 1369353600);
    CHECK(write_amz_date(1369353600) == "20130524T000000Z");
    CHECK(write_amz_date(*parse_amz_date("20240229T235958Z")) == "20240229T235958Z");
    for (auto const* const text :
         {"",
          "20130524",
          "20130524T000000",
          "20131324T000000Z",
          "20130532T000000Z",
          "20230229T000000Z",
          "20130524T240000Z",
          "2013052aT000000Z",
          "20130524 000000Z"})
        CHECK_FALSE(parse_amz_date(text).has_value());
}

TEST_CASE("presigned URL: the end of its life")
{
    auto const expiry = [](char const* text) { return expiry_of(*parse_url(text)); };
    CHECK(
        expiry("https://h/x?X-Amz-Date=20130524T000000Z&X-Amz-Expires=3600") == 1369353600 + 3600
    );
    CHECK(expiry("https://h/x?Expires=1369353600&Signature=abc") == 1369353600);
    CHECK_FALSE(expiry("https://h/x?Expires=1369353600").has_value());
    CHECK_FALSE(expiry("https://h/x?X-Amz-Date=20130524T000000Z").has_value());
    CHECK_FALSE(
        expiry("https://h/x?X-Amz-Date=20130524T000000Z&X-Amz-Expires=9999999999999").has_value()
    );
    CHECK_FALSE(expiry("https://h/x?X-Amz-Date=20130524T000000Z&X-Amz-Expires=-5").has_value());
    CHECK_FALSE(expiry("https://h/x?Expires=99999999999999999999&Signature=abc").has_value());
    CHECK_FALSE(expiry("https://h/x").has_value());
}
