#include <lindi/dandi/pages.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::dandi;

namespace {

// Shapes: dandi-archive, dandiapi/api/views/dandiset.py, asset.py, pagination.py.
constexpr std::string_view dandisets =
    R"({"count":2,"next":"https://api.dandiarchive.org/api/dandisets/?page=2","previous":null,"results":[
{"identifier":"000003","created":"2020-03-16T21:48:04Z","modified":"2020-03-16T21:48:04Z","contact_person":"Doe, J",
 "embargo_status":"OPEN","star_count":1,"most_recent_published_version":{"version":"0.210812.1448","name":"x","asset_count":101},
 "draft_version":{"version":"draft","name":"x","asset_count":101,"size":1,"status":"Valid"}},
{"identifier":"000900","embargo_status":"EMBARGOED","most_recent_published_version":null,"draft_version":{"version":"draft"}}]})";

constexpr std::string_view assets =
    R"({"count":3,"next":null,"previous":null,"results":[
{"asset_id":"4f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11","blob":"07c5f4cc-7a9d-4a53-9a4e-6e40c5f3b7c2","zarr":null,
 "path":"sub-1/a \u00e9.nwb","size":12345678901,"created":"2021-07-01T00:00:00Z","modified":"2021-07-02T00:00:00Z"},
{"asset_id":"5f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11","blob":null,"zarr":"99c5f4cc-7a9d-4a53-9a4e-6e40c5f3b7c2",
 "path":"sub-1/b.zarr","size":1},
{"asset_id":"6f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11","blob":"08c5f4cc-7a9d-4a53-9a4e-6e40c5f3b7c2","zarr":null,
 "path":"c.nwb","size":5,"metadata":{"digest":{"dandi:dandi-etag":"abc-1","dandi:sha2-256":"def"},
 "access":[{"schemaKey":"AccessRequirements","status":"dandi:EmbargoedAccess"}]}}]})";

constexpr std::string_view manifest =
    R"([{"id":"dandiasset:4f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11","identifier":"4f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11",
"path":"sub-1/a.nwb","access":[{"status":"dandi:OpenAccess"}],"@context":["x",{"y":1}],
"contentUrl":["https://api.dandiarchive.org/api/assets/4f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11/download/",
"https://dandiarchive.s3.amazonaws.com/blobs/07c/5f4/07c5f4cc-7a9d-4a53-9a4e-6e40c5f3b7c2"],
"contentSize":99,"digest":{"dandi:dandi-etag":"abc-1"},"dateModified":"2021-07-02T00:00:00-04:00"},
{"id":"dandiasset:5f","identifier":"5f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11","path":"b.zarr",
"contentUrl":["https://api.dandiarchive.org/api/assets/5f/download/","https://dandiarchive.s3.amazonaws.com/zarr/99/"]}])";

}  // namespace

TEST_CASE("page of dandisets: ids, versions, embargo, whether there are more")
{
    auto const page = decode_dandiset_page(dandisets);
    REQUIRE_MESSAGE(page.has_value(), page.error().message());
    REQUIRE(page->rows.size() == 2);
    CHECK(page->rows[0].id == "000003");
    CHECK(page->rows[0].published == "0.210812.1448");
    CHECK_FALSE(page->rows[0].embargoed);
    CHECK(page->rows[1].published.empty());
    CHECK(page->rows[1].embargoed);
    CHECK_FALSE(page->next.empty());
}

TEST_CASE("page of assets: rows of blobs, without those of Zarr")
{
    auto const page = decode_asset_page(assets);
    REQUIRE_MESSAGE(page.has_value(), page.error().message());
    CHECK(page->row_count == 3);
    CHECK(page->count == 3);
    CHECK(page->next.empty());
    REQUIRE(page->rows.size() == 2);
    CHECK(page->rows[0].id == "4f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11");
    CHECK(page->rows[0].blob == "07c5f4cc-7a9d-4a53-9a4e-6e40c5f3b7c2");
    CHECK(page->rows[0].path == "sub-1/a \xc3\xa9.nwb");
    CHECK(page->rows[0].size == 12345678901);
    CHECK(page->rows[0].modified == "2021-07-02T00:00:00Z");
    CHECK(page->rows[1].digest == "dandi:dandi-etag:abc-1");
    CHECK(page->rows[1].embargoed);
}

TEST_CASE("page of assets: later pages tell no count")
{
    auto const page = decode_asset_page(R"({"count":null,"next":null,"results":[]})");
    REQUIRE(page.has_value());
    CHECK_FALSE(page->count.has_value());
}

TEST_CASE("manifest: assets with their blobs, without those of Zarr")
{
    auto const all = decode_manifest(manifest);
    REQUIRE_MESSAGE(all.has_value(), all.error().message());
    REQUIRE(all->size() == 1);
    auto const& one = all->front();
    CHECK(one.id == "4f65a9b1-0c5c-4f4e-9f3a-0c5cbd5d1a11");
    CHECK(one.blob == "07c5f4cc-7a9d-4a53-9a4e-6e40c5f3b7c2");
    CHECK(one.path == "sub-1/a.nwb");
    CHECK(one.size == 99);
    CHECK_FALSE(one.embargoed);
}

TEST_CASE("pages: every shorter text is refused")
{
    for (std::size_t n = 0; n < assets.size(); ++n)
        CHECK(decode_asset_page(assets.substr(0, n)).has_error());
    for (std::size_t n = 0; n < dandisets.size(); ++n)
        CHECK(decode_dandiset_page(dandisets.substr(0, n)).has_error());
    for (std::size_t n = 0; n < manifest.size(); ++n)
        CHECK(decode_manifest(manifest.substr(0, n)).has_error());
}

TEST_CASE("pages: ids that could lead out of a folder are refused")
{
    for (auto const* const id : {"..", "../../etc", "a/b", "", ".hidden", "a\\u0000b"}) {
        CAPTURE(id);
        auto const row = R"({"results":[{"asset_id":")" + std::string(id) + R"(","blob":"b"}]})";
        CHECK(decode_asset_page(row).error().code() == errc::bad_value);
        auto const other = R"({"results":[{"identifier":")" + std::string(id) + R"("}]})";
        CHECK(decode_dandiset_page(other).error().code() == errc::bad_value);
    }
    CHECK(decode_asset_page("{}").error().code() == errc::bad_value);
    CHECK(decode_asset_page("<html></html>").has_error());
}

TEST_CASE("bucket listing: folders, and where it goes on")
{
    auto const page = decode_folder_page(
        "<?xml version=\"1.0\"?><ListBucketResult "
        "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        "<Prefix>dandisets/</Prefix><IsTruncated>true</IsTruncated>"
        "<NextContinuationToken>1abc=</NextContinuationToken>"
        "<CommonPrefixes><Prefix>dandisets/000003/</Prefix></CommonPrefixes>"
        "<CommonPrefixes><Prefix>dandisets/000004/</Prefix></CommonPrefixes></ListBucketResult>"
    );
    REQUIRE(page.has_value());
    CHECK(page->folders == std::vector<std::string>{"dandisets/000003/", "dandisets/000004/"});
    CHECK(page->next == "1abc=");
    CHECK(decode_folder_page("<Error><Code>AccessDenied</Code></Error>").has_error());
}

TEST_CASE("list: a URL, an object, nothing")
{
    auto const url = decode_list_line(" https://example.org/a.nwb \r");
    REQUIRE(url.has_value());
    CHECK((*url)->url == "https://example.org/a.nwb");
    auto const object = decode_list_line(
        R"({"url":"s3://b/k","id":"x1","dandiset":"000003","path":"a/b.nwb","blob":"bb","size":7,"other":[1]})"
    );
    REQUIRE(object.has_value());
    CHECK((*object)->url == "s3://b/k");
    CHECK((*object)->id == "x1");
    CHECK((*object)->blob == "bb");
    CHECK((*object)->size == 7);
    CHECK_FALSE(decode_list_line("")->has_value());
    CHECK_FALSE(decode_list_line("# a comment")->has_value());
    CHECK(decode_list_line(R"({"id":"x"})").has_error());
    CHECK(decode_list_line(R"({"url":"u","id":"../x"})").has_error());
    CHECK(decode_list_line(R"({"url":"u")").has_error());
}
