#include <lindi/zarr/json_text.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace lindi;

namespace {

std::string quoted(std::string_view text)
{
    std::string out;
    zarr::append_string(out, text);
    return out;
}

}  // namespace

// Expected: Python 3.11, json.dumps(text).
TEST_CASE("json text: everything outside printable ASCII is escaped")
{
    CHECK(quoted("") == R"("")");
    CHECK(quoted("hello /x") == R"("hello /x")");
    CHECK(quoted("a\tb\nc\r\b\f\x01\x7f\"\\") == R"("a\tb\nc\r\b\f\u0001\u007f\"\\")");
    CHECK(quoted(std::string_view("a\0b", 3)) == R"("a\u0000b")");
    CHECK(quoted("\xc3\xa9\xe2\x80\xa8") == R"("\u00e9\u2028")");
    CHECK(quoted("\xf0\x9f\x98\x80") == R"("\ud83d\ude00")");
    CHECK(quoted("a\xff") == R"("a\udcff")");
}

TEST_CASE("json text: lists of numbers have no spaces")
{
    std::string out;
    zarr::append_list(out, std::vector<std::uint64_t>{});
    zarr::append_list(out, std::vector<std::uint64_t>{3, 18446744073709551615u});
    CHECK(out == "[][3,18446744073709551615]");
}
