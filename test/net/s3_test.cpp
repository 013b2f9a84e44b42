#include <lindi/net/s3.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::net;

namespace {

std::string object(char const* text, s3_settings const& settings = {})
{
    auto const made = s3_object_url(text, settings);
    REQUIRE_MESSAGE(made.has_value(), made.error().message());
    return made->text();
}

/// The keys of the examples in the documentation of AWS.
s3_settings example()
{
    s3_settings out;
    out.region = "us-east-1";
    out.access_key = "AKIAIOSFODNN7EXAMPLE";
    out.secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    return out;
}

std::string field(headers const& all, std::string_view name)
{
    for (auto const& [key, value] : all)
        if (key == name)
            return value;
    return {};
}

}  // namespace

TEST_CASE("S3 URL: the bucket is part of the host, or of the path where it cannot be")
{
    CHECK(object("s3://bucket/a/b c.nwb") == "https://bucket.s3.amazonaws.com/a/b%20c.nwb");
    CHECK(object("s3://bucket/x?y") == "https://bucket.s3.amazonaws.com/x%3Fy");
    CHECK(object("s3://my.bucket/k") == "https://s3.amazonaws.com/my.bucket/k");
    s3_settings regional;
    regional.region = "us-west-2";
    CHECK(object("s3://bucket/k", regional) == "https://bucket.s3.us-west-2.amazonaws.com/k");
    s3_settings other;
    other.endpoint = "http://localhost:9000";
    CHECK(object("s3://bucket/k", other) == "http://localhost:9000/bucket/k");
    other.endpoint = "http://localhost:9000/store/";
    CHECK(object("s3://bucket/k", other) == "http://localhost:9000/store/bucket/k");
}

TEST_CASE("S3 URL: everything else is refused")
{
    for (auto const* const text :
         {"s3://",
          "s3://bucket",
          "s3://bucket/",
          "s3:///k",
          "s3://Bucket/k",
          "s3://b/k",
          "s3://a@b/k",
          "http://b/k"}) {
        CAPTURE(text);
        CHECK(s3_object_url(text, {}).error().code() == errc::bad_value);
    }
    s3_settings broken;
    broken.endpoint = "nonsense";
    CHECK(s3_object_url("s3://bucket/k", broken).has_error());
}

TEST_CASE("S3 signature: the example of AWS for an object")
{
    // "Example: GET Object" in "Signature Calculations for the Authorization Header: Transferring
    // Payload in a Single Chunk"; 1369353600 is 2013-05-24 00:00:00 UTC.
    auto const to = *parse_url("https://examplebucket.s3.amazonaws.com/test.txt");
    auto const signed_with = sign_get(example(), to, "bytes=0-9", 1369353600);
    CHECK(field(signed_with, "x-amz-date") == "20130524T000000Z");
    CHECK(
        field(signed_with, "authorization") ==
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    );
}

TEST_CASE("S3 signature: the examples of AWS with queries")
{
    auto const lifecycle = *parse_url("https://examplebucket.s3.amazonaws.com/?lifecycle");
    CHECK(field(sign_get(example(), lifecycle, "", 1369353600), "authorization")
              .ends_with("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
    auto const list = *parse_url("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J");
    CHECK(field(sign_get(example(), list, "", 1369353600), "authorization")
              .ends_with("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST_CASE("S3 signature: the token of temporary credentials is signed too")
{
    auto settings = example();
    settings.session_token = "token";
    auto const to = *parse_url("https://b.s3.amazonaws.com/k");
    auto const signed_with = sign_get(settings, to, "", 0);
    CHECK(field(signed_with, "x-amz-security-token") == "token");
    CHECK(field(signed_with, "authorization").find(";x-amz-security-token") != std::string::npos);
}

TEST_CASE("S3 settings: from the environment, without a secret they are anonymous")
{
    auto const env = [](bool with_secret) {
        return [with_secret](char const* name) -> std::optional<std::string> {
            std::string_view const n = name;
            if (n == "AWS_ACCESS_KEY_ID" || (n == "AWS_SECRET_ACCESS_KEY" && with_secret))
                return "x";
            if (n == "AWS_DEFAULT_REGION")
                return "eu-west-1";
            return std::nullopt;
        };
    };
    CHECK(s3_settings_from(env(true)).access_key == "x");
    CHECK(s3_settings_from(env(true)).region == "eu-west-1");
    CHECK(s3_settings_from(env(false)).access_key.empty());
}
