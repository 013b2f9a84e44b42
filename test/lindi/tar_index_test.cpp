#include <lindi/lindi/tar_index.hpp>

#include <doctest/doctest.h>

namespace lindi::rfs {
namespace {

bytes bytes_of(std::string const& text)
{
    return {as_bytes(text).begin(), as_bytes(text).end()};
}

/// The first 1536 bytes of a LINDI tar (../shared/lindi-format.md, H.1).
std::string start(std::string const& magic = std::string("ustar\0", 6))
{
    std::string out(tar_start_size, '\0');
    out.replace(0, 15, ".tar_entry.json");
    out.replace(257, magic.size(), magic);
    std::string const entry =
        R"({"index": {"d": 2048, "n": ".tar_index.json", "o": 1536, "s": 8192}})";
    out.replace(512, 1024, 1024, ' ');
    out.replace(512, entry.size(), entry);
    return out;
}

constexpr auto files = R"({"files": [{"d": 512, "n": ".tar_entry.json", "o": 0, "s": 1024},
  {"d": 2048, "n": ".tar_index.json", "o": 1536, "s": 8192},
  {"d": 10752, "n": "lindi.json", "o": 10240, "s": 8192},
  {"d": 19456, "n": "blobs/a/0", "o": 18944, "s": 5092}]}   )";

constexpr tar_entry own{1536, 2048, 8192};

result<tar_index> index_of(std::string const& text)
{
    auto const content = bytes_of(text);
    return decode_tar_index({content, 2048}, own);
}

}  // namespace

TEST_CASE("tar index: the entry tells where it is")
{
    auto const content = bytes_of(start());
    CHECK(is_tar(content));
    CHECK(decode_tar_start({content, 0}).value() == own);
}

TEST_CASE("tar index: GNU's tars and shorter files are none")
{
    auto const gnu = bytes_of(start("ustar  "));
    CHECK_FALSE(is_tar(gnu));
    CHECK(decode_tar_start({gnu, 0}).error().code() == errc::bad_signature);
    auto const content = bytes_of(start());
    for (std::size_t n = 0; n < content.size(); n += 64)
        CHECK(decode_tar_start({std::span(content).first(n), 0}).has_error());
}

TEST_CASE("tar index: files by name")
{
    auto const index = index_of(files).value();
    CHECK(index.size() == 4);
    CHECK(index.at("blobs/a/0") == tar_entry{18944, 19456, 5092});
}

TEST_CASE("tar index: it has to list itself, and everything with its place")
{
    CHECK(index_of(R"({"files": []})").error().code() == errc::bad_value);
    std::string other = files;
    other.replace(other.find("1536"), 4, "1537");
    CHECK(index_of(other).has_error());
    other = files;
    other.replace(other.find("19456"), 5, "-1");
    CHECK(index_of(other).has_error());
    other = files;
    other.replace(other.find("\"s\": 5092"), 9, "\"t\": 5092");
    CHECK(index_of(other).has_error());
    other = files;
    other.replace(other.find("5092"), 4, "9223372036854775807");
    CHECK(index_of(other).has_value());  // a file past the end is the error of who reads it
}

}  // namespace lindi::rfs
