#include <lindi/lindi/json_writer.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace lindi;

namespace {

struct collector {
    std::string text;
    std::vector<std::size_t> blocks;

    rfs::text_sink sink()
    {
        return [this](std::string_view block) -> result<void> {
            text += block;
            blocks.push_back(block.size());
            return {};
        };
    }
};

}  // namespace

TEST_CASE("json writer: members stand on lines of their own")
{
    collector got;
    rfs::json_writer out(got.sink(), 1000);
    out.open_object();
    out.begin_member("version");
    out.write("1");
    out.begin_member("refs");
    out.open_object();
    out.begin_member("a/", ".zgroup");
    out.write("{}");
    out.close_object();
    out.begin_member("x");
    out.write("2");
    out.close_object();
    CHECK(out.bytes() == 53);
    REQUIRE(out.finish().has_value());
    CHECK(got.text == "{\n\"version\": 1,\n\"refs\": {\n\"a/.zgroup\": {}\n},\n\"x\": 2\n}");
    CHECK(got.blocks.size() == 1);
}

TEST_CASE("json writer: the sink gets big blocks, whatever the pieces")
{
    collector got;
    rfs::json_writer out(got.sink(), 100'000'000);
    std::string expected;
    for (int i = 0; i < 100'000; ++i) {
        out.write("0123456789");
        expected += "0123456789";
        auto* const to = out.room(1);
        *to = '.';
        out.advance(to + 1);
        expected += '.';
    }
    std::string const big(300'000, 'x');
    out.write(big);
    expected += big;
    REQUIRE(out.finish().has_value());
    CHECK(got.text == expected);
    for (std::size_t i = 0; i + 2 < got.blocks.size(); ++i)
        CHECK(got.blocks[i] >= 64 * 1024);
}

TEST_CASE("json writer: a failing sink is asked once, and its error comes back")
{
    int calls = 0;
    auto const full = [&calls](std::string_view) -> result<void> {
        ++calls;
        return error(std::make_error_code(std::errc::no_space_on_device), error::nowhere, "output");
    };
    rfs::json_writer out(full, 100'000'000);
    for (int i = 0; i < 100'000; ++i)
        out.write("0123456789");
    CHECK_FALSE(out.ok());
    CHECK(out.finish().error().code() == std::errc::no_space_on_device);
    CHECK(calls == 1);
}

TEST_CASE("json writer: no more than the limit is written, work that was thrown away included")
{
    collector got;
    rfs::json_writer out(got.sink(), 20);
    out.write("0123456789");
    out.spend(11);
    CHECK(out.finish().error().code() == errc::too_large);
    CHECK(got.text.empty());

    rfs::json_writer exact(got.sink(), 10);
    exact.write("0123456789");
    CHECK(exact.finish().has_value());
    CHECK(got.text == "0123456789");
}
