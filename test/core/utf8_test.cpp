#include <lindi/core/utf8.hpp>

#include <doctest/doctest.h>

using namespace lindi;

namespace {

std::u32string decoded(std::string_view text)
{
    std::u32string out;
    for (std::size_t at = 0; at < text.size();)
        out += next_code_point(text, at);
    return out;
}

}  // namespace

TEST_CASE("utf-8: sequences of one to four bytes are code points")
{
    CHECK(decoded("a\xc3\xa9\xe2\x80\xa8\xf0\x9f\x98\x80") == U"a\u00e9\u2028\U0001f600");
    CHECK(count_code_points("a\xc3\xa9\xf0\x9f\x98\x80") == 3);
    CHECK(is_utf8("a\xc3\xa9"));
    CHECK(is_utf8(""));
}

// Expected: Python's bytes.decode('utf-8', 'surrogateescape'), code point by code point.
TEST_CASE("utf-8: each broken byte becomes a lone surrogate")
{
    auto const escaped = [](std::initializer_list<unsigned> units) {
        std::u32string out;
        for (auto const u : units)
            out += static_cast<char32_t>(u);
        return out;
    };
    CHECK(decoded("a\xff") == escaped({'a', 0xdcff}));
    CHECK(decoded("\xe9t") == escaped({0xdce9, 't'}));                    // Latin-1
    CHECK(decoded("\xc3") == escaped({0xdcc3}));                          // cut off
    CHECK(decoded("\xf0\x9f\x98") == escaped({0xdcf0, 0xdc9f, 0xdc98}));  // cut off
    CHECK(decoded("\xc0\x80") == escaped({0xdcc0, 0xdc80}));              // too long a form
    CHECK(decoded("\xe0\x80\x80") == escaped({0xdce0, 0xdc80, 0xdc80}));  // too long a form
    CHECK(decoded("\xed\xa0\x80") == escaped({0xdced, 0xdca0, 0xdc80}));  // a surrogate
    CHECK(
        decoded("\xf4\x90\x80\x80") == escaped({0xdcf4, 0xdc90, 0xdc80, 0xdc80})
    );  // above U+10FFFF
    CHECK_FALSE(is_utf8("a\xff"));
    CHECK_FALSE(is_utf8("\xed\xa0\x80"));
    CHECK(count_code_points("\xff\xff") == 2);
}
