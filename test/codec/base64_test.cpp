#include "hex.hpp"

#include <lindi/codec/base64.hpp>

#include <doctest/doctest.h>

#include <array>

namespace lindi::codec {
namespace {

using lindi::test::hex;

std::string encode(std::span<std::byte const> data)
{
    std::string out;
    append_base64(out, data);
    return out;
}

struct vector {
    std::string_view plain;
    std::string_view text;
};

// RFC 4648, section 10
constexpr std::array<vector, 7> vectors{
    {{"", ""},
     {"f", "Zg=="},
     {"fo", "Zm8="},
     {"foo", "Zm9v"},
     {"foob", "Zm9vYg=="},
     {"fooba", "Zm9vYmE="},
     {"foobar", "Zm9vYmFy"}}};

}  // namespace

TEST_CASE("base64: the vectors of RFC 4648 encode and decode")
{
    for (auto const& [plain, text] : vectors) {
        CAPTURE(plain);
        CHECK(encode(as_bytes(plain)) == text);
        CHECK(as_text(decode_base64(text).value()) == plain);
    }
}

TEST_CASE("base64: every digit encodes and decodes")
{
    // RFC 4648, table 1: the digits in order are these 48 bytes.
    auto const data = hex("00108310518720928b30d38f41149351559761969b71d79f"
                          "8218a39259a7a29aabb2dbafc31cb3d35db7e39ebbf3dfbf");
    std::string_view const text =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    CHECK(encode(data) == text);
    CHECK(decode_base64(text).value() == data);
}

TEST_CASE("base64: encoding appends")
{
    std::string out = "base64:";
    append_base64(out, as_bytes("foo"));
    CHECK(out == "base64:Zm9v");
}

TEST_CASE("base64: every shorter text is refused, or is whole groups")
{
    std::string_view const text = "Zm9vYmE=";
    for (std::size_t n = 0; n < text.size(); ++n) {
        CAPTURE(n);
        auto const out = decode_base64(text.substr(0, n));
        CHECK(out.has_value() == (n % 4 == 0));
        if (!out) {
            CHECK(out.error().code() == errc::truncated);
            CHECK(out.error().at() == n);
        }
    }
}

TEST_CASE("base64: other characters are refused where they are")
{
    for (std::string_view const text :
         {"Zm9v\nYg=", "Zm9v Yg=", "Zm9-YmFy", "Zm9_YmFy", "Zm9=YmFy", "Zm9\0YmFy", "====YmFy"}) {
        CAPTURE(text);
        CHECK(decode_base64(text).has_error());
    }
    CHECK(decode_base64("Zm9vYm-y").error().code() == errc::bad_value);
    CHECK(decode_base64("Zm9vYm-y").error().at() == 6);
    CHECK(decode_base64("Z===").error().at() == 1);
    CHECK(decode_base64("====").error().at() == 0);
}

TEST_CASE("base64: bits behind the last byte are refused")
{
    CHECK(decode_base64("Zg==").has_value());
    CHECK(decode_base64("Zh==").error().code() == errc::bad_value);
    CHECK(decode_base64("Zm8=").has_value());
    CHECK(decode_base64("Zm9=").error().code() == errc::bad_value);
}

}  // namespace lindi::codec
