#include <lindi/net/public_text.hpp>

#include <doctest/doctest.h>

using namespace lindi::net;

TEST_CASE("public text: signatures of all kinds are left out with the rest of the query")
{
    for (auto const* const query :
         {"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=abc",
          "Expires=1&Signature=abc&Key-Pair-Id=k",
          "x-goog-signature=abc",
          "sv=2020&sig=abc"}) {
        auto const signed_url = *parse_url(std::string("https://h/a/b?") + query);
        CHECK(has_signature(signed_url));
        CHECK(public_text(signed_url) == "https://h/a/b");
        CHECK(stored_text(signed_url) == "https://h/a/b");
        CHECK(public_name(signed_url.text()) == "https://h/a/b");
    }
}

TEST_CASE("public text: a signed URL keeps which version it means")
{
    auto const version = *parse_url("https://h/a?versionId=v2&X-Amz-Signature=abc&partNumber=3");
    CHECK(public_text(version) == "https://h/a?versionId=v2&partNumber=3");
    CHECK(stored_text(version) == public_text(version));
}

TEST_CASE("public text: other queries are shown, and kept as a digest")
{
    auto const plain = *parse_url("https://h/a?token=secret");
    CHECK_FALSE(has_signature(plain));
    CHECK(public_text(plain) == "https://h/a?token=secret");
    // printf '?token=secret' | sha256sum
    CHECK(
        stored_text(plain) ==
        "https://h/a?sha256=f3ac97547a318f4db4f95d3a5e50fd08ab002371711cb30b2de9d64e9534b572"
    );
    CHECK(stored_text(*parse_url("https://h/a")) == "https://h/a");
}

TEST_CASE("public text: names that users type keep everything but secrets")
{
    CHECK(public_name("a/b?c") == "a/b?c");
    CHECK(public_name("s3://bucket/key") == "s3://bucket/key");
    CHECK(public_name("HTTPS://h/%7e") == "HTTPS://h/%7e");
    CHECK(public_name("https://user:password@h/x") == "https://h/x");
    CHECK(public_name("ftp://user:password@h/x") == "ftp://h/x");
    CHECK(public_name("ftp://user:pass@word@h") == "ftp://h");
    CHECK(public_name("ftp://h/a@b") == "ftp://h/a@b");
    CHECK(public_name("me@here") == "me@here");
    CHECK(public_name("https://user:password@h:0/x?X-Amz-Signature=1") == "https://h:0/x");
    auto const wrong = parse_url("https://user:password@h:0/x?X-Amz-Signature=1");
    REQUIRE(wrong.has_error());
    CHECK(wrong.error().message().find("password") == std::string::npos);
    CHECK(wrong.error().message().find("Signature") == std::string::npos);
}
