#include "printable.hpp"

#include <doctest/doctest.h>

using namespace lindi::tools;

TEST_CASE("printable: letters of any language stay as they are")
{
    CHECK(printable("plain") == "plain");
    CHECK(printable("Ångström 電極 \xf0\x9f\x90\xad") == "Ångström 電極 \xf0\x9f\x90\xad");
}

TEST_CASE("printable: what moves the cursor, hides or fakes text is written out")
{
    CHECK(printable("a\nb\tc") == "a\\nb\\tc");
    CHECK(printable("\x1b[2J") == "\\x1b[2J");
    CHECK(printable("\x7f") == "\\x7f");
    CHECK(printable(std::string_view("a\0b", 3)) == "a\\x00b");
    CHECK(printable("\xc2\x9b") == "\\xc2\\x9b");           // CSI of Latin-1
    CHECK(printable("\xe2\x80\xae") == "\\xe2\\x80\\xae");  // right-to-left override
    CHECK(printable("a\\nb") == "a\\\\nb");
}

TEST_CASE("printable: bytes that are not UTF-8 are written out")
{
    CHECK(printable("\xe9") == "\\xe9");
    CHECK(printable("\xc0\x80") == "\\xc0\\x80");                    // overlong
    CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");           // a surrogate
    CHECK(printable("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");  // above U+10FFFF
    CHECK(printable("\xe2\x82") == "\\xe2\\x82");                    // cut off
}

TEST_CASE("printable: quotes are marked between quotes, backslashes stay in messages")
{
    CHECK(in_quotes("say \"hi\"\\") == "\"say \\\"hi\\\"\\\\\"");
    CHECK(one_line("C:\\a\nb") == "C:\\a\\nb");
}
