#include "archive.hpp"
#include "http_server.hpp"
#include "scratch_folder.hpp"

#include <lindi/codec/codec.hpp>
#include <lindi/io/reader.hpp>
#include <lindi/node/read_graph.hpp>
#include <lindi/open/open_source.hpp>

#include <doctest/doctest.h>

#include <fstream>

using namespace lindi;
using open::is_url;
using open::open_source;

namespace {

constexpr auto sample_path = TEST_DATA "/sample.nwb";

bytes sample()
{
    std::ifstream in(sample_path, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    return {as_bytes(text).begin(), as_bytes(text).end()};
}

struct counts {
    std::size_t objects = 0;
    std::uint64_t waves = 0;
};

counts walk(io::source& from)
{
    lindi::budget budget{limits{}};
    io::reader reader(from, budget);
    auto const codecs = codec::built_in_filters();
    node::file file(reader, codecs);
    auto const done = reader.run(node::read_graph(file, {}));
    REQUIRE_MESSAGE(done.has_value(), done.error().message());
    return {file.contents.objects.size(), reader.stats().waves};
}

/// Whether it can be read.
bool read_byte(io::source& from, std::uint64_t offset)
{
    lindi::budget budget{limits{}};
    io::reader reader(from, budget);
    auto const got = reader.run([](io::reader& in, std::uint64_t at) -> task<result<block>> {
        io::byte_range const range{at, 1};
        co_return co_await in.read(range);
    }(reader, offset));
    return got.has_value();
}

open::source_options without_environment()
{
    net::client_options settings;
    open::source_options out;
    out.client = *net::client::create(settings);
    return out;
}

}  // namespace

TEST_CASE("open: a URL has a scheme, a path has none")
{
    CHECK(is_url("https://h/x"));
    CHECK(is_url("s3://b/k"));
    CHECK_FALSE(is_url("C://x"));
    CHECK_FALSE(is_url("/a/b://c"));
    CHECK_FALSE(is_url("a b://c"));
    CHECK_FALSE(is_url("file.nwb"));
    CHECK_FALSE(is_url(""));
}

TEST_CASE("open: a path and a URL of the same file give the same objects")
{
    test::server_options options;
    options.file = sample();
    test::http_server server(std::move(options));
    auto const local = open_source(sample_path);
    REQUIRE(local.has_value());
    CHECK(local->reference == sample_path);
    CHECK(local->client == nullptr);
    auto const remote = open_source(server.url(), without_environment());
    REQUIRE_MESSAGE(remote.has_value(), remote.error().message());
    CHECK(remote->reference == server.url());
    CHECK(walk(*local->source).objects == walk(*remote->source).objects);
}

TEST_CASE("open: a cold index needs few waves and requests, and hardly more bytes than it reads")
{
    test::server_options options;
    options.file = sample();
    test::http_server server(std::move(options));
    auto settings = without_environment();
    settings.http.first_read = 4096;
    auto const remote = open_source(server.url(), settings);
    REQUIRE(remote.has_value());
    auto const seen = walk(*remote->source);
    CHECK(seen.waves <= 20);
    // Every wave may read with 16 connections; the file is small enough for a few.
    CHECK(server.requests().size() <= 4 * (seen.waves + 1));
    CHECK(server.body_bytes() <= sample().size());
}

TEST_CASE("open: what cannot be opened says why")
{
    CHECK(open_source("/nowhere/x.nwb").error().code() == std::errc::no_such_file_or_directory);
    CHECK(open_source("ftp://h/x", without_environment()).error().code() == errc::unsupported);
    CHECK(open_source("https://", without_environment()).error().code() == errc::bad_value);
}

TEST_CASE("open: with a cache the second time needs one request, offline none")
{
    test::server_options options;
    options.file = sample();
    test::http_server server(std::move(options));
    test::scratch_folder const folder;
    auto settings = without_environment();
    settings.cache = *cache::store::open(folder.path().string(), {});
    settings.http.first_read = 4096;
    auto const cold = open_source(server.url(), settings);
    REQUIRE(cold.has_value());
    auto const objects = walk(*cold->source).objects;
    auto const after_cold = server.requests().size();
    CHECK(after_cold >= 2);

    auto const warm = open_source(server.url(), settings);
    REQUIRE(warm.has_value());
    CHECK(walk(*warm->source).objects == objects);
    CHECK(server.requests().size() == after_cold + 1);

    settings.offline = true;
    auto const offline = open_source(server.url(), settings);
    REQUIRE_MESSAGE(offline.has_value(), offline.error().message());
    CHECK(walk(*offline->source).objects == objects);
    CHECK(offline->reference == server.url());
    CHECK(server.requests().size() == after_cold + 1);
    CHECK(open_source(server.url("/other"), settings).error().code() == errc::not_found);
}

TEST_CASE("open: another content of the same URL is not taken from the cache")
{
    test::scratch_folder const folder;
    auto settings = without_environment();
    settings.cache = *cache::store::open(folder.path().string(), {});
    settings.http.first_read = 1;
    auto const serve = [&](std::string etag) {
        test::server_options options;
        options.file = bytes(10'000, static_cast<std::byte>(etag[1]));
        options.etag = std::move(etag);
        return options;
    };
    net::client_options mapped;
    for (auto const* const etag : {"\"a\"", "\"b\""}) {
        test::http_server server(serve(etag));
        mapped.connect_to["h.example:80"] = server.endpoint();
        settings.client = *net::client::create(mapped);
        auto const opened = open_source("http://h.example/x", settings);
        REQUIRE(opened.has_value());
        lindi::budget budget{limits{}};
        io::reader reader(*opened->source, budget);
        auto const got = reader.run([](io::reader& from) -> task<result<block>> {
            auto const b = co_await from.read({5000, 1});
            co_return b;
        }(reader));
        REQUIRE(got.has_value());
        CHECK(got->view.bytes[0] == static_cast<std::byte>(etag[1]));
    }
}

TEST_CASE("open: an asset of an archive never changes, so that the second time needs no request")
{
    test::archive const archive(sample());
    test::scratch_folder const folder;
    open::source_options settings;
    settings.client = archive.client();
    settings.cache = *cache::store::open(folder.path().string(), {});
    auto const cold = open_source(archive.asset, settings);
    REQUIRE_MESSAGE(cold.has_value(), cold.error().message());
    auto const objects = walk(*cold->source).objects;
    auto const after_cold = archive.ranges();

    settings.client = archive.client();
    settings.reference = net::reference_url::blob;
    auto const warm = open_source(archive.asset, settings);
    REQUIRE(warm.has_value());
    CHECK(walk(*warm->source).objects == objects);
    CHECK(archive.ranges() == after_cold);
    CHECK(warm->reference == archive.blob);
    CHECK(warm->cached->cache_stats().misses == 0);

    settings.revalidate = true;
    auto const asked = open_source(archive.asset, settings);
    REQUIRE(asked.has_value());
    CHECK(walk(*asked->source).objects == objects);
    CHECK(archive.ranges() == after_cold + 1);

    // The blob is the same content, whichever asset led to it.
    settings.revalidate = false;
    auto const blob = open_source(archive.blob, settings);
    REQUIRE(blob.has_value());
    CHECK(walk(*blob->source).objects == objects);
}

TEST_CASE("open: neither signatures nor tokens are kept")
{
    test::archive const archive(sample());
    test::scratch_folder const folder;
    {
        open::source_options settings;
        settings.client = archive.client();
        settings.cache = *cache::store::open(folder.path().string(), {});
        auto const given = std::string(archive.blob) + "?X-Amz-Signature=" + archive.signature;
        for (auto const& url : {std::string(archive.asset), given}) {
            auto const opened = open_source(url, settings);
            REQUIRE(opened.has_value());
            walk(*opened->source);
            CHECK(opened->source->name().find(archive.signature) == std::string::npos);
            CHECK(opened->reference.find(archive.signature) == std::string::npos);
        }
    }
    std::ifstream in(folder.file("data.mdb"), std::ios::binary);
    std::string const kept{std::istreambuf_iterator<char>(in), {}};
    CHECK(kept.find(archive.blob) != std::string::npos);
    CHECK(kept.find(archive.signature) == std::string::npos);
    CHECK(kept.find(archive.token) == std::string::npos);
}

TEST_CASE("open: what of an asset is not in the cache is asked for when it is read")
{
    test::archive const archive(bytes(300'000, std::byte{7}));
    test::scratch_folder const folder;
    open::source_options settings;
    settings.remote_pages.whole_file_round_trips = 0;
    settings.client = archive.client();
    settings.cache = *cache::store::open(folder.path().string(), {});
    REQUIRE(open_source(archive.asset, settings).has_value());
    auto const known = open_source(archive.asset, settings);
    REQUIRE(known.has_value());
    CHECK(archive.ranges() == 1);
    CHECK(read_byte(*known->source, 1000));
    CHECK(archive.ranges() == 1);
    CHECK(read_byte(*known->source, 200'000));
    CHECK(archive.ranges() == 3);
}

TEST_CASE("open: an asset that is another than the cache knows is an error, not a mixture")
{
    test::scratch_folder const folder;
    open::source_options settings;
    settings.remote_pages.whole_file_round_trips = 0;  // or the first run would keep it all
    settings.cache = *cache::store::open(folder.path().string(), {});
    for (std::size_t const size : {300'000U, 300'001U}) {
        test::archive const archive(bytes(size, std::byte{7}));
        settings.client = archive.client();
        auto const opened = open_source(archive.asset, settings);
        REQUIRE(opened.has_value());
        CHECK(read_byte(*opened->source, 200'000 + size % 2 * 50'000) == (size % 2 == 0));
    }
}

TEST_CASE("open: offline, what was never read is an error that says so")
{
    test::scratch_folder const folder;
    auto settings = without_environment();
    settings.cache = *cache::store::open(folder.path().string(), {});
    settings.offline = true;
    auto const opened = open_source("https://h.example/x", settings);
    REQUIRE(opened.has_error());
    CHECK(opened.error().message().find("never read while online") != std::string::npos);
}

TEST_CASE("open: where the cache is")
{
    auto const folder = [](char const* wanted, char const* value) {
        return open::default_cache_folder([=](char const* name) -> std::optional<std::string> {
            return std::string_view(name) == wanted ? std::optional<std::string>(value)
                                                    : std::nullopt;
        });
    };
    CHECK(folder("LINDI_CACHE_DIR", "/c") == "/c");
    CHECK(folder("XDG_CACHE_HOME", "/x") == "/x/lindi");
    CHECK(folder("HOME", "/h") == "/h/.cache/lindi");
    CHECK(folder("OTHER", "/h").empty());
}
