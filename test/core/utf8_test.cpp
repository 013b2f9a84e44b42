#include <lindi/core/bytes.hpp>
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

// Expected: Python's str.encode('utf-32-be') and ('utf-32-le', 'surrogatepass').
TEST_CASE("utf-8: texts become UTF-32 in either order of bytes, as far as there is room")
{
    auto const put = [](std::string_view text, std::size_t room, bool big_endian) {
        bytes out(room, std::byte{0x55});
        bool const all = put_utf32(out, text, big_endian);
        return std::pair(all, std::string(as_text(out)));
    };
    using namespace std::string_literals;
    CHECK(put("a\xf0\x9f\x98\x80", 8, true) == std::pair(true, "\0\0\0a\0\1\xf6\0"s));
    CHECK(put("a\xff", 8, false) == std::pair(true, "a\0\0\0\xff\xdc\0\0"s));
    CHECK(put("ab", 4, true) == std::pair(false, "\0\0\0a"s));
    CHECK(put("ab", 7, true) == std::pair(false, "\0\0\0aUUU"s));
    CHECK(put("", 0, true) == std::pair(true, ""s));
    CHECK(put("", 4, true) == std::pair(true, "UUUU"s));
}

// Expected: Python's bytes.decode('utf-32-le') and its errors; zeros at the end are numpy's
// padding.
TEST_CASE("utf-8: UTF-32 comes back as text, without the zeros at its end")
{
    using namespace std::string_literals;
    auto const text = [](std::string const& units, bool big_endian) {
        return utf8_of_utf32(as_bytes(units), big_endian);
    };
    CHECK(text("a\0\0\0\0\xf6\1\0\0\0\0\0"s, false).value() == "a\xf0\x9f\x98\x80");
    CHECK(text("\0\0\0a"s, true).value() == "a");
    CHECK(text("\xff\xdc\0\0"s, false).value() == "\xff");  // what surrogateescape made of it
    CHECK(text("\0\xd8\0\0"s, false).error().code() == errc::bad_value);
    CHECK(text("\0\0\x11\0"s, false).error().code() == errc::bad_value);
}
