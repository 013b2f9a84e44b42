#include "hex.hpp"

#include <lindi/zarr/numcodecs.hpp>

#include <doctest/doctest.h>

namespace lindi::zarr {
namespace {

using test::hex;

codec_call call(std::string const& text)
{
    json_reader r(text, "codec");
    auto out = take_codec(r);
    REQUIRE(r.ok());
    return out;
}

}  // namespace

// import numcodecs; c = numcodecs.Shuffle(2).encode(bytes(range(6)))
// numcodecs.Fletcher32().encode(bytes(c)).hex(' ')
TEST_CASE("codecs: shuffle and fletcher32 as numcodecs applies them")
{
    std::vector<codec_call> const calls{
        call(R"({"id":"shuffle","elementsize":2})"), call(R"({"id":"fletcher32"})")};
    auto const encoded = encode_codecs(calls, hex("00 01 02 03 04 05"), 1).value();
    CHECK(encoded == hex("00 02 04 01 03 05 08 07 0d 0b"));
}

TEST_CASE("codecs: what is encoded decodes to the same")
{
    bytes data(5000);
    for (std::size_t i = 0; i < data.size(); ++i)
        data[i] = static_cast<std::byte>(i / 3);
    for (std::string const compressor :
         {R"({"id":"zlib","level":9})",
          R"({"id":"gzip"})",
          R"({"id":"gzip","level":-1})",
          R"({"id":"blosc","cname":"zstd","clevel":5,"shuffle":2})"}) {
        CAPTURE(compressor);
        std::vector<codec_call> const calls{
            call(R"({"id":"shuffle","elementsize":4})"), call(compressor)};
        auto const encoded = encode_codecs(calls, data, 4).value();
        CHECK(encoded.size() < data.size() / 2);
        CHECK(decode_codecs(calls, {encoded, 0}, data.size()).value() == data);
    }
}

TEST_CASE("codecs: those that are only read, and levels that do not exist, are refused")
{
    for (std::string const id : {"zstd", "lz4", "bz2", "delta", "unheard-of"}) {
        CAPTURE(id);
        std::vector<codec_call> const calls{call(R"({"id":")" + id + R"("})")};
        CHECK(encode_codecs(calls, bytes(10), 1).error().code() == errc::unsupported);
    }
    std::vector<codec_call> const calls{call(R"({"id":"zlib","level":77})")};
    CHECK(encode_codecs(calls, bytes(10), 1).error().code() == errc::bad_value);
}

}  // namespace lindi::zarr
