#include <lindi/core/bytes.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

namespace lindi {
namespace {

TEST_CASE("block view: a part knows where it sits and is cut to what is there")
{
    bytes const content(10);
    block_view const all{content, 0x100};

    auto const middle = all.sub(4, 3);
    CHECK(middle.at == 0x104);
    CHECK(middle.size() == 3);
    CHECK(middle.bytes.data() == content.data() + 4);

    CHECK(all.sub(8, 5).size() == 2);
    CHECK(all.sub(8, std::numeric_limits<std::size_t>::max()).size() == 2);
    CHECK(all.sub(10, 1).size() == 0);
    CHECK(all.sub(11, 1).size() == 0);
    CHECK(all.sub(11, 1).at == 0x10a);
}

TEST_CASE("bytes: text and bytes are views of each other")
{
    std::string_view const words = "a\0b";
    auto const seen = as_bytes(words);
    CHECK(static_cast<void const*>(seen.data()) == words.data());
    CHECK(as_text(seen) == words);
}

}  // namespace
}  // namespace lindi
