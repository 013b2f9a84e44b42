#include <lindi/zarr/metadata.hpp>

#include <doctest/doctest.h>

using namespace lindi;

// Expected: the .zarray that Python lindi writes for a compressed dataset,
// json.dumps(sort_keys=True, separators=(',', ':')).
TEST_CASE(".zarray: all eight fields, sorted")
{
    zarr::array_metadata const m{
        {33, 70}, {10, 32}, "<u2", "7", R"([{"id":"zlib","level":4}])", "null"};
    std::string out;
    zarr::append_array(out, m);
    CHECK(
        out ==
        R"({"chunks":[10,32],"compressor":null,"dtype":"<u2","fill_value":7,"filters":[{"id":"zlib","level":4}],)"
        R"("order":"C","shape":[33,70],"zarr_format":2})"
    );
}

TEST_CASE(".zarray: an array inside a reference file")
{
    zarr::array_metadata const m{
        {5}, {5}, "|O", "0", std::string(zarr::json2_filters), std::string(zarr::blosc_compressor)};
    std::string out;
    zarr::append_array(out, m);
    CHECK(
        out ==
        R"({"chunks":[5],"compressor":{"blocksize":0,"clevel":5,"cname":"lz4","id":"blosc","shuffle":1},)"
        R"("dtype":"|O","fill_value":0,"filters":[{"allow_nan":true,"check_circular":true,"encoding":"utf-8",)"
        R"("ensure_ascii":true,"id":"json2","indent":null,"separators":[",",":"],"skipkeys":false,)"
        R"("sort_keys":true,"strict":true}],"order":"C","shape":[5],"zarr_format":2})"
    );
}
