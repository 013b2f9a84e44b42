#include "memory_files.hpp"
#include "sample_file.hpp"
#include "walked_file.hpp"

#include <lindi/array/read.hpp>
#include <lindi/node/other_files.hpp>

#include <doctest/doctest.h>

#include <numeric>

using namespace lindi;
using namespace lindi::test;

namespace {

/// The sample whose "/outside" is 12 bytes of raw.bin, from 16 on.
struct external_file {
    memory_files files;
    codec::registry codecs = codec::built_in_filters();
    node::other_files others{files, codecs, {}};
    walked_file main{sample_file("latest")};

    explicit external_file(std::size_t size)
    {
        auto& raw = files.content["raw.bin"];
        raw.resize(size);
        for (std::size_t i = 0; i < size; ++i)
            raw[i] = static_cast<std::byte>(i + 1);
        main.file().others = &others;
    }
    result<bytes> read()
    {
        return main.run(array::read_all(main.file(), main.data("/outside"), 1000));
    }
};

/// Bytes 17, 18, ... as far as the file goes, then zeros.
bytes expected(std::size_t stored)
{
    bytes out(12);
    for (std::size_t i = 0; i < stored; ++i)
        out[i] = static_cast<std::byte>(17 + i);
    return out;
}

}  // namespace

TEST_CASE("external raw data: bytes of the other file, zeros behind its end")
{
    CHECK(external_file(100).read().value() == expected(12));
    CHECK(external_file(28).read().value() == expected(12));
    CHECK(external_file(21).read().value() == expected(5));
    CHECK(external_file(16).read().value() == expected(0));
    CHECK(external_file(3).read().value() == expected(0));
}

TEST_CASE("external raw data: a part has the elements that the whole has there")
{
    external_file f(100);
    bytes out(4);
    auto const& data = f.main.data("/outside");
    array::hyperslab part{{2, 1, 1}};
    REQUIRE(f.main.run(array::read_into(f.main.file(), data, part, out)).has_value());
    CHECK(out == bytes{std::byte{25}, std::byte{26}, std::byte{27}, std::byte{28}});
}

TEST_CASE("external raw data: a file that is not there, or not to be opened, is an error")
{
    external_file f(100);
    f.files.content.clear();
    CHECK(f.read().error().code() == errc::not_found);
    external_file g(100);
    g.files.broken["raw.bin"] = error(errc::unsupported, error::nowhere, "other file", "far away");
    CHECK(g.read().error().detail() == "far away");
}
