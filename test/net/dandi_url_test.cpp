#include <lindi/net/dandi_url.hpp>

#include <doctest/doctest.h>

using namespace lindi::net;

namespace {

constexpr auto id = "b049c8f2-07a3-4ef5-b2d0-1b1b3b4d9a11";

std::optional<dandi_asset> parse(std::string const& text)
{
    return parse_dandi_asset(*parse_url(text));
}

}  // namespace

TEST_CASE("DANDI URL: assets, with and without their dandiset, on every archive")
{
    std::string const asset = id;
    for (auto const& text :
         {"https://api.dandiarchive.org/api/assets/" + asset + "/download/",
          "https://api.dandiarchive.org/api/assets/" + asset + "/download",
          "https://api.dandiarchive.org/api/assets/" + asset + "/",
          "https://api.dandiarchive.org/api/dandisets/000006/versions/draft/assets/" + asset +
              "/download/",
          "https://api-dandi.emberarchive.org/api/assets/" + asset +
              "/download/?content_disposition=inline",
          "https://api.sandbox.dandiarchive.org/api/assets/" + asset,
          "https://api.lincbrain.org/api/assets/" + asset + "/"}) {
        CAPTURE(text);
        auto const found = parse(text);
        REQUIRE(found.has_value());
        CHECK(found->asset_id == id);
    }
    CHECK(
        download_url(*parse("https://api.lincbrain.org/api/assets/" + asset)).text() ==
        "https://api.lincbrain.org/api/assets/" + asset + "/download/"
    );
}

TEST_CASE("DANDI URL: everything else is none")
{
    std::string const asset = id;
    for (auto const& text :
         {"https://example.org/api/assets/" + asset + "/download/",
          std::string("https://api.dandiarchive.org/api/assets/123/download/"),
          "https://api.dandiarchive.org/api/assets/" + asset + "/info/",
          "https://api.dandiarchive.org/api/assets/" + asset + "/download/more",
          "https://api.dandiarchive.org/api/zarr/" + asset + "/",
          std::string("https://api.dandiarchive.org/"),
          "https://api.dandiarchive.org/assets/" + asset}) {
        CAPTURE(text);
        CHECK_FALSE(parse(text).has_value());
    }
}

TEST_CASE("DANDI URL: blobs and their public URL")
{
    auto const blob = std::string("/blobs/b04/9c8/") + id;
    auto const presigned =
        *parse_url("https://dandiarchive.s3.amazonaws.com" + blob + "?X-Amz-Signature=1");
    CHECK(dandi_blob_id(presigned) == id);
    CHECK(public_blob_url(presigned)->text() == "https://dandiarchive.s3.amazonaws.com" + blob);
    CHECK(
        dandi_blob_id(*parse_url("https://s3.us-east-2.amazonaws.com/dandiarchive" + blob)) == id
    );
    CHECK_FALSE(dandi_blob_id(*parse_url(std::string("https://h/blobs/b04/9c7/") + id)).has_value()
    );
    CHECK_FALSE(dandi_blob_id(*parse_url("https://h" + blob + "/x")).has_value());
    CHECK_FALSE(public_blob_url(*parse_url("https://h" + blob)).has_value());
    CHECK_FALSE(
        public_blob_url(*parse_url("http://dandiarchive.s3.amazonaws.com" + blob)).has_value()
    );
}
