#include "http_server.hpp"
#include "scratch_folder.hpp"

#include <lindi/array/read.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/open/open_tree.hpp>

#include <doctest/doctest.h>

#include <fstream>

using namespace lindi;
using open::tree;
using open::tree_kind;

namespace {

constexpr auto sample_path = TEST_DATA "/sample.nwb";

void write(std::string const& path, std::string const& content)
{
    std::ofstream(path, std::ios::binary) << content;
}

/// A document with one array of three bytes whose only chunk is at `url`, from byte 1 on.
std::string document(std::string const& url)
{
    return R"({"refs": {".zgroup": {"zarr_format": 2}, "a/.zarray": {"zarr_format": 2, "shape": [3],)"
           R"( "chunks": [3], "dtype": "|u1", "order": "C", "fill_value": 0, "filters": null,)"
           R"( "compressor": null}, "a/0": [")" +
           url + R"(", 1, 3]}, "version": 1})";
}

std::unique_ptr<tree> opened(std::string const& path, open::tree_options options = {})
{
    auto out = tree::open(path, std::move(options));
    REQUIRE_MESSAGE(out.has_value(), out.error().message());
    auto const read = (*out)->read_graph({});
    REQUIRE_MESSAGE(read.has_value(), read.error().message());
    return std::move(*out);
}

/// All of a dataset, as text; or the error.
std::string content(tree& from, std::string const& path = "/a")
{
    auto const id = node::resolve(from.graph(), from.graph().root, path);
    REQUIRE(id != node::no_object);
    auto const& data = *from.graph().objects[id].dataset;
    auto const got = from.reader().run(array::read_all(from.file(), data, 1 << 20));
    return got ? std::string(as_text(*got)) : got.error().message();
}

std::string content(std::string const& path, open::tree_options options = {})
{
    return content(*opened(path, std::move(options)));
}

bool refuses(std::string const& message)
{
    return message.find("Permission denied") != message.npos;
}

open::tree_options without_environment()
{
    open::tree_options out;
    out.source.client = *net::client::create({});
    return out;
}

/// A LINDI tar as Python lindi lays it out (../shared/lindi-format.md, H.1), with one more file.
std::string tar(std::string const& json, std::string const& blob)
{
    auto const header = [](std::string const& name) {
        std::string out(512, '\0');
        out.replace(0, name.size(), name);
        out.replace(257, 6, std::string("ustar\0", 6));
        return out;
    };
    auto const padded = [](std::string text, std::size_t size) {
        text.resize(size, ' ');
        return text;
    };
    auto const json_size = std::to_string(json.size());
    auto const blob_at = 10752 + (json.size() + 511) / 512 * 512 + 512;
    auto out =
        header(".tar_entry.json") +
        padded(R"({"index": {"d": 2048, "n": ".tar_index.json", "o": 1536, "s": 8192}})", 1024) +
        header(".tar_index.json") +
        padded(
            R"({"files": [{"d": 512, "n": ".tar_entry.json", "o": 0, "s": 1024},)"
            R"( {"d": 2048, "n": ".tar_index.json", "o": 1536, "s": 8192},)"
            R"( {"d": 10752, "n": "lindi.json", "o": 10240, "s": )" +
                json_size + R"(}, {"d": )" + std::to_string(blob_at) +
                R"(, "n": "blobs/a/0", "o": )" + std::to_string(blob_at - 512) + R"(, "s": 5}]})",
            8192
        ) +
        header("lindi.json") + json;
    out.resize(blob_at - 512, '\0');
    out += header("blobs/a/0") + blob;
    return out + std::string(1024, '\0');
}

bytes bytes_of(std::string const& text)
{
    return {as_bytes(text).begin(), as_bytes(text).end()};
}

}  // namespace

TEST_CASE("open tree: the content says what a file is")
{
    test::scratch_folder folder;
    write(folder.file("x.h5"), " \n" + document("blob"));
    CHECK(opened(folder.file("x.h5"))->kind() == tree_kind::lindi_json);
    CHECK(opened(sample_path)->kind() == tree_kind::hdf5);

    write(folder.file("nothing"), "");
    write(folder.file("text"), "text");
    for (auto const* name : {"nothing", "text"}) {
        auto const none = tree::open(folder.file(name));
        REQUIRE(none.has_value());
        CHECK((*none)->read_graph({}).error().code() == errc::not_hdf5);
    }
    CHECK(
        tree::open(folder.file("missing")).error().code() == std::errc::no_such_file_or_directory
    );
    CHECK(tree::open(folder.path().string()).error().code() == std::errc::is_a_directory);
}

TEST_CASE("open tree: an HDF5 file with JSON in its user block stays one")
{
    test::scratch_folder folder;
    std::ifstream in(sample_path, std::ios::binary);
    std::string const sample{std::istreambuf_iterator<char>(in), {}};
    std::string block = R"({"refs": {}})";
    block.resize(512, ' ');
    write(folder.file("x.nwb"), block + sample);
    CHECK(opened(folder.file("x.nwb"))->kind() == tree_kind::hdf5);
}

TEST_CASE("open tree: files of a local document")
{
    test::scratch_folder folder;
    write(folder.file("blob"), "?abc?");
    std::filesystem::create_directory(folder.path() / "below");
    auto const own = folder.file("x.lindi.json");
    write(own, document("blob"));
    CHECK(content(own) == "abc");
    write(own, document("./blob"));
    CHECK(content(own) == "abc");
    write(own, document(folder.file("blob")));
    CHECK(content(own) == "abc");
    auto const deep = folder.file("below/x.lindi.json");
    write(deep, document("../blob"));
    CHECK(refuses(content(deep)));
    std::filesystem::create_symlink("../blob", folder.path() / "below" / "way_out");
    write(deep, document("way_out"));
    CHECK(refuses(content(deep)));
    write(deep, document("gone"));
    CHECK(content(deep).find("gone") != std::string::npos);
    write(deep, document("file:///etc/passwd"));
    CHECK(content(deep).find("URLs that begin with file") != std::string::npos);
    open::tree_options strict;
    strict.trust.local_files = false;
    CHECK(refuses(content(own, strict)));
}

TEST_CASE("open tree: tar and directory have their blobs inside")
{
    test::scratch_folder folder;
    write(folder.file("x.lindi.tar"), tar(document("./blobs/a/0"), "?abc?"));
    auto const in_tar = opened(folder.file("x.lindi.tar"));
    CHECK(in_tar->kind() == tree_kind::lindi_tar);
    CHECK(content(*in_tar) == "abc");
    write(folder.file("x.lindi.tar"), tar(document("./blobs/a/1"), "?abc?"));
    CHECK(content(folder.file("x.lindi.tar")).find("no file ./blobs/a/1") != std::string::npos);
    std::filesystem::create_directories(folder.path() / "x.lindi.d" / "blobs" / "a");
    write(folder.file("x.lindi.d/blobs/a/0"), "?abc?");
    write(folder.file("x.lindi.d/lindi.json"), document("./blobs/a/0"));
    auto const in_folder = opened(folder.file("x.lindi.d"));
    CHECK(in_folder->kind() == tree_kind::lindi_directory);
    CHECK(content(*in_folder) == "abc");
    write(folder.file("outside"), "?abc?");
    write(folder.file("x.lindi.d/lindi.json"), document("./../outside"));
    CHECK(refuses(content(folder.file("x.lindi.d"))));
}

TEST_CASE("open tree: what a document from the network must not open")
{
    test::scratch_folder folder;
    write(folder.file("secret"), "?abc?");
    for (auto const& url :
         {folder.file("secret"), std::string("../secret"), std::string("a%2e/x")}) {
        test::server_options options;
        options.file = bytes_of(document(url));
        test::http_server server(std::move(options));
        CHECK(refuses(content(server.url(), without_environment())));
    }
    // another server of the same private network; the document's own is on another port
    test::server_options data_options;
    data_options.file = bytes_of("?abc?");
    test::http_server data(std::move(data_options));
    test::server_options options;
    options.file = bytes_of(document(data.url()));
    test::http_server server(std::move(options));
    auto const message = content(server.url(), without_environment());
    CHECK_MESSAGE(message.find("private") != message.npos, message);
    auto allowed = without_environment();
    allowed.trust.private_servers = true;
    CHECK(content(server.url(), allowed) == "abc");
}

TEST_CASE("open tree: a local document may read the network, and rewriting leads elsewhere")
{
    test::scratch_folder folder;
    test::server_options options;
    options.file = bytes_of("?abc?");
    test::http_server server(std::move(options));
    write(folder.file("x"), document(server.url()));
    CHECK(content(folder.file("x"), without_environment()) == "abc");
    write(folder.file("y"), document("https://example.org/data"));
    write(folder.file("data"), "?xyz?");
    open::tree_options rewriting;
    rewriting.rewrite = [&folder](std::string const& url) -> std::optional<std::string> {
        if (url == "https://example.org/data")
            return folder.file("data");
        return std::nullopt;
    };
    CHECK(content(folder.file("y"), rewriting) == "xyz");
}

TEST_CASE("open tree: one element of a large plain chunk costs little of the network")
{
    test::scratch_folder folder;
    test::server_options options;
    options.file = bytes(20'000'000, std::byte{'x'});
    test::http_server server(std::move(options));
    auto text = document(server.url());
    text.replace(text.find("[3]"), 3, "[19999000]");
    text.replace(text.find("[3]"), 3, "[19999000]");
    text.replace(text.find(", 1, 3]"), 7, ", 1, 19999000]");
    write(folder.file("x"), text);
    auto const local = opened(folder.file("x"), without_environment());
    auto const& data = *local->graph().objects[1].dataset;
    bytes one(1);
    auto part = array::hyperslab{{7'654'321, 1}};
    auto const read =
        local->reader().run(array::read_into(local->file(), data, std::move(part), one));
    REQUIRE_MESSAGE(read.has_value(), read.error().message());
    CHECK(one[0] == std::byte{'x'});
    CHECK(server.body_bytes() < 64 * 1024);
}

TEST_CASE("open tree: a tar is read by ranges")
{
    std::string big = document("./blobs/a/0");
    test::server_options options;
    auto text = tar(big, "?abc?");
    text.resize(20'000'000, '\0');
    options.file = bytes_of(text);
    test::http_server server(std::move(options));
    auto const remote = opened(server.url(), without_environment());
    CHECK(content(*remote) == "abc");
    CHECK(remote->reader().stats().source.bytes_fetched < 1'000'000);
}

TEST_CASE("open tree: a linked dataset is read from its HDF5 file")
{
    // what HDF5 says of it is tested elsewhere: here both ways have to agree
    auto const sample = opened(sample_path);
    auto const& g = sample->graph();
    auto const paths = node::first_paths(g, node::walk_order::by_name);
    for (node::object_id id = 0; id < g.objects.size(); ++id) {
        auto const* const data = g.objects[id].dataset.get();
        if (data == nullptr || data->type->what != hdf5::type_class::floating ||
            data->type->size != 8 || data->space.rank() != 1)
            continue;
        test::scratch_folder folder;
        auto const extent = std::to_string(data->space.extents[0]);
        write(
            folder.file("x"),
            R"({"refs": {".zgroup": {"zarr_format": 2}, "a/.zarray": {"zarr_format": 2, "shape": [)" +
                extent + R"(], "chunks": [1], "dtype": "<f8", "order": "C", "fill_value": 0,)" +
                R"( "filters": null, "compressor": null}, "a/.zattrs": {"_EXTERNAL_ARRAY_LINK": {)" +
                R"("link_type": "hdf5_dataset", "url": ")" + sample_path + R"(", "name": ")" +
                paths[id].substr(1) + R"("}}}})"
        );
        CHECK(content(folder.file("x")) == content(*sample, paths[id]));
        return;
    }
    FAIL("no dataset of doubles in the sample");
}
