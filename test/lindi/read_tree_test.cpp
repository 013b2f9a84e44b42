#include "run.hpp"

#include <lindi/array/read.hpp>
#include <lindi/codec/codec.hpp>
#include <lindi/io/memory_source.hpp>
#include <lindi/lindi/read_tree.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/node/value.hpp>

#include <doctest/doctest.h>

#include <map>

namespace lindi::rfs {
namespace {

/// A document with the files that it names, and its graph.
class read_document {
public:
    explicit read_document(
        std::string const& refs,
        std::map<std::string, std::string> files = {},
        limits const& max = {}
    )
        : files_(std::move(files)),
          joined_("document", [this](std::string const& name) { return open(name); }),
          on_(joined_, max), codecs_(codec::built_in_filters()), file(on_.reader(), codecs_)
    {
        auto const text = std::make_shared<std::string const>(R"({"refs": {)" + refs + "}}");
        auto parsed =
            reference_document::parse({text, {as_bytes(*text), 0}}, on_.reader().budget());
        REQUIRE_MESSAGE(parsed.has_value(), parsed.error().message());
        input_.document = std::make_shared<reference_document const>(std::move(*parsed));
        input_.files = &joined_;
        joined_.add(
            std::make_unique<io::memory_source>("document", as_bytes(input_.document->text()))
        );
        read = on_.run(read_tree(file, input_));
    }

    node::graph const& graph() const noexcept { return file.contents; }

    node::object const& at(std::string const& path) const
    {
        auto const id = node::resolve(graph(), graph().root, path);
        REQUIRE_MESSAGE(id != node::no_object, path);
        return graph().objects[id];
    }

    result<bytes> elements(std::string const& path, array::hyperslab part)
    {
        auto const& data = *at(path).dataset;
        bytes out(array::element_count(part) * data.type->size);
        auto const done = on_.run(array::read_into(file, data, std::move(part), out));
        return done ? result<bytes>(std::move(out)) : done.error();
    }

    std::vector<int> numbers(std::string const& path)
    {
        auto const& data = *at(path).dataset;
        auto const got = elements(path, array::whole(data.space.extents));
        REQUIRE_MESSAGE(got.has_value(), got.error().message());
        std::vector<int> out;
        for (std::size_t i = 0; i < got->size(); i += data.type->size)
            out.push_back(static_cast<int>(
                node::decode_integer_bits(*data.type, std::span(*got).subspan(i, data.type->size))
            ));
        return out;
    }

    std::vector<std::string> texts(std::string const& path)
    {
        auto const& data = *at(path).dataset;
        auto const got = elements(path, array::whole(data.space.extents));
        REQUIRE_MESSAGE(got.has_value(), got.error().message());
        std::vector<std::string> out;
        for (std::size_t i = 0; i < got->size(); i += data.type->size)
            out.push_back(text(*data.type, std::span(*got).subspan(i, data.type->size)));
        return out;
    }

    std::string text(hdf5::datatype const& type, std::span<std::byte const> element) const
    {
        auto const value = node::decode_value(type, element, graph());
        if (!value)
            return value.error().message();
        if (auto const* const t = std::get_if<node::text>(&value->is))
            return t->bytes;
        if (auto const* const r = std::get_if<node::reference>(&value->is))
            return r->null ? "null" : "object " + std::to_string(r->object);
        return "-";
    }

    std::string problem(std::string const& path) const
    {
        auto const& problems = at(path).problems;
        return problems.empty() ? "" : problems.front().message();
    }

    std::uint64_t bytes_fetched() { return on_.stats().source.bytes_fetched; }

private:
    result<std::unique_ptr<io::source>> open(std::string const& name)
    {
        auto const found = files_.find(name);
        if (found == files_.end())
            return error(errc::not_found, error::nowhere, "file");
        auto const content = as_bytes(found->second);
        return std::make_unique<io::memory_source>(name, content);
    }

    std::map<std::string, std::string> files_;
    io::joined_source joined_;
    test::run_on on_;
    codec::registry codecs_;
    tree_input input_;

public:
    node::file file;
    result<void> read;
};

constexpr auto root = R"(".zgroup": {"zarr_format": 2})";

/// A .zarray of numbers without codecs, and more members.
std::string zarray(
    std::string const& path,
    std::string const& shape,
    std::string const& chunks,
    std::string const& dtype = "|u1",
    std::string const& filters = "null",
    std::string const& more = R"("fill_value": 9)"
)
{
    return ", \"" + path +
           R"(/.zarray": {"zarr_format": 2, "order": "C", "compressor": null, "shape": )" + shape +
           R"(, "chunks": )" + chunks + R"(, "dtype": ")" + dtype + R"(", "filters": )" + filters +
           ", " + more + "}";
}

constexpr auto json2 = R"([{"id": "json2"}])";

}  // namespace

TEST_CASE("read tree: inline and referenced chunks, missing ones are the fill value")
{
    read_document d(
        root + zarray("a", "[3, 5]", "[2, 2]") +
            R"(, "a/0.0": "\u0001\u0002\u0003\u0004", "a/1.1": "base64:BQYHCA==", "a/0.2": ["f", 2, 4])",
        {{"f", std::string("??\x0b\x0c\x0d\x0e?")}}
    );
    REQUIRE(d.read.has_value());
    CHECK(d.at("/a").dataset->space.extents == std::vector<std::uint64_t>{3, 5});
    CHECK(d.numbers("/a") == std::vector<int>{1, 2, 9, 9, 11, 3, 4, 9, 9, 13, 9, 9, 5, 6, 9});
    // rows 0 and 2, columns 1 and 4
    auto const part = d.elements("/a", {{0, 2, 2}, {1, 2, 3}}).value();
    CHECK(part == bytes{std::byte{2}, std::byte{11}, std::byte{9}, std::byte{9}});
}

TEST_CASE("read tree: kerchunk's references of whole files")
{
    read_document d(
        root + zarray("a", "[4]", "[2]") + R"(, "a/0": ["x"], "a/1": ["y"])",
        {{"x", "\x01\x02"}, {"y", "\x03\x04"}}
    );
    CHECK(d.numbers("/a") == std::vector<int>{1, 2, 3, 4});
}

TEST_CASE(
    "read tree: a short last chunk is enough, and numbers without codecs are filled with zeros"
)
{
    read_document d(
        root + zarray("a", "[5]", "[3]") + R"(, "a/0": ["x", 0, 2], "a/1": ["x", 0, 2])" +
            zarray("b", "[2]", "[2]", "|b1") + R"(, "b/0": ["x", 0, 1])" +
            zarray("c", "[2]", "[2]") + R"(, "c/0": ["x", 0, 3])",
        {{"x", "\x01\x02\x03"}}
    );
    CHECK(d.numbers("/a") == std::vector<int>{1, 2, 0, 1, 2});
    CHECK(d.elements("/b", {{0, 2}}).has_error());
    CHECK(d.elements("/c", {{0, 2}}).has_error());
}

TEST_CASE("read tree: a separator of slashes, and the order of Fortran")
{
    read_document d(
        root +
        zarray(
            "a", "[2, 2]", "[1, 2]", "|u1", "null", R"("fill_value": 0, "dimension_separator": "/")"
        ) +
        R"(, "a/0/0": "\u0001\u0002", "a/1/0": "\u0003\u0004", "a/1/1": "x", "a/01/0": "x")" +
        zarray("f", "[2, 3]", "[2, 3]", "|u1", "null", R"("fill_value": 0, "order": "F")") +
        R"(, "f/0.0": "\u0001\u0002\u0003\u0004\u0005\u0006")"
    );
    CHECK(d.numbers("/a") == std::vector<int>{1, 2, 3, 4});
    // np.array([1, 2, 3, 4, 5, 6]).reshape((2, 3), order='F')
    CHECK(d.numbers("/f") == std::vector<int>{1, 3, 5, 2, 4, 6});
}

TEST_CASE("read tree: scalars have no dimensions")
{
    read_document d(
        root + zarray("s", "[1]", "[1]") + R"(, "s/0": "\u0007", "s/.zattrs": {"_SCALAR": true})" +
        zarray("r", "[]", "[]") + R"(, "r/0": "\u0008")" +
        zarray("u", "[1]", "[1]", "<U2", "null", R"("fill_value": "")") +
        R"(, "u/0": "a\u0000\u0000\u0000\u0001\u0001\u0000\u0000", "u/.zattrs": {"_SCALAR": true})"
    );
    CHECK(d.at("/s").dataset->space.what == hdf5::dataspace::kind::scalar);
    CHECK(d.numbers("/s") == std::vector<int>{7});
    CHECK(d.numbers("/r") == std::vector<int>{8});
    CHECK(d.texts("/u") == std::vector<std::string>{"a\xc4\x81"});
}

TEST_CASE("read tree: object arrays say by their values what they are")
{
    auto const objects = [](std::string const& path, std::string const& shape) {
        return zarray(path, shape, shape, "|O", json2, R"("fill_value": 0)");
    };
    auto const reference = [](std::string const& path) {
        return R"({\"_REFERENCE\":{\"object_id\":null,\"path\":\")" + path +
               R"(\",\"source\":\".\",\"source_object_id\":null}})";
    };
    read_document d(
        root + objects("t", "[3]") + R"(, "t/0": "[\"a\",null,\"\\u00e9\",\"|O\",[3]]")" +
        objects("r", "[2, 1]") + ", \"r/0.0\": \"[[" + reference("/t") +
        "],[null],\\\"|O\\\",[2,1]]\"" + objects("n", "[2]") + R"(, "n/0": "[1,2.5,\"|O\",[2]]")" +
        objects("v", "[2]") + R"(, "v/0": "[[1,2],[],\"|O\",[2]]")" + objects("mixed", "[2]") +
        R"(, "mixed/0": "[1,\"a\",\"|O\",[2]]")" + objects("bad", "[2]") +
        R"(, "bad/0": "[\"a\",\"|O\",[1]]")"
    );
    CHECK(d.texts("/t") == std::vector<std::string>{"a", "-", "\xc3\xa9"});
    CHECK(d.at("/r").dataset->type->what == hdf5::type_class::reference);
    auto const target = node::find_object(d.graph(), "/t");
    CHECK(d.texts("/r") == std::vector<std::string>{"object " + std::to_string(target), "null"});
    CHECK(d.at("/n").dataset->type->what == hdf5::type_class::floating);
    CHECK(d.at("/v").dataset->type->what == hdf5::type_class::variable_length);
    CHECK(d.problem("/mixed").find("different kinds") != std::string::npos);
    CHECK(d.problem("/bad").find("no dtype") != std::string::npos);
    CHECK(d.elements("/bad", {{0, 2}}).has_error());
}

TEST_CASE("read tree: compounds, with non-finite numbers as Python writes them")
{
    read_document d(
        root + zarray("c", "[2]", "[2]", "|O", json2, R"("fill_value": 0)") +
        R"(, "c/0": "[[1,2.5,true,\"ab\"],[-1,NaN,false,\"\"],\"|O\",[2]]", "c/.zattrs": {"_COMPOUND_DTYPE": )"
        R"([["x", "int32"], ["y", "float64"], ["b", "bool"], ["s", "|S3"]]})"
    );
    auto const& type = *d.at("/c").dataset->type;
    REQUIRE(type.members.size() == 4);
    CHECK(type.size == 4 + 8 + 1 + 3);
    auto const got = d.elements("/c", {{0, 2}}).value();
    auto const row = node::decode_value(type, std::span(got).subspan(16), d.graph()).value();
    auto const& values = std::get<node::value_list>(row.is);
    CHECK(std::get<std::int64_t>(values[0].is) == -1);
    CHECK(std::get<double>(values[1].is) != std::get<double>(values[1].is));
    CHECK(d.at("/c").attributes.empty());
}

TEST_CASE("read tree: compounds whose fields have more than 2 GiB together are refused")
{
    std::string fields;
    for (int i = 0; i < 8; ++i)
        fields += "[\"f" + std::to_string(i) + R"(", "|S536870912"], )";
    read_document d(
        root + zarray("c", "[1]", "[1]", "|O", json2, R"("fill_value": 0)") +
        R"(, "c/0": "[[\"a\"],\"|O\",[1]]", "c/.zattrs": {"_COMPOUND_DTYPE": [)" + fields +
        R"(["n", "<i4"]]})"
    );
    CHECK(d.problem("/c").find("fields of a structure") != std::string::npos);
    CHECK(d.elements("/c", {{0, 1}}).has_error());
}

TEST_CASE("read tree: texts that would be cut or mangled are refused")
{
    read_document d(
        root + zarray("nul", "[1]", "[1]", "|O", R"([{"id": "vlen-utf8"}])") +
        R"(, "nul/0": "base64:AQAAAAMAAABhAGI=")" +  // 1 item of 3 bytes: a NUL b
        zarray("bytes", "[1]", "[1]", "|O", R"([{"id": "vlen-bytes"}])") +
        R"(, "bytes/0": "base64:AQAAAAMAAABhAGI=")" +
        zarray("far", "[1]", "[1]", "<U1", "null", R"("fill_value": "")") +
        R"(, "far/0": "base64:AAARAA==")" +  // 0x110000
        zarray("half", "[1]", "[1]", "<U1", "null", R"("fill_value": "")") +
        R"(, "half/0": "base64:ANgAAA==")" +  // 0xd800
        zarray("fill", "[1]", "[1]", "<U3", "null", R"("fill_value": "a\u0000b")")
    );
    REQUIRE(d.read.has_value());
    CHECK(d.elements("/nul", {{0, 1}}).has_error());
    CHECK(d.elements("/bytes", {{0, 1}}).has_value());
    CHECK(d.elements("/far", {{0, 1}}).has_error());
    CHECK(d.elements("/half", {{0, 1}}).has_error());
    CHECK(d.problem("/fill").find("NUL") != std::string::npos);
}

TEST_CASE("read tree: too many chunks are a problem of their array")
{
    limits small;
    small.chunks = 2;
    std::string const files = R"(, "a/0": "x", "a/1": "y", "a/2": "z", "b/0": "x")";
    read_document d(
        root + zarray("a", "[3]", "[1]") + zarray("b", "[1]", "[1]") + files, {}, small
    );
    REQUIRE(d.read.has_value());
    CHECK(d.problem("/a").find("limit on chunks") != std::string::npos);
    CHECK(d.numbers("/b") == std::vector<int>{'x'});
}

TEST_CASE("read tree: fields of objects have the type of their values")
{
    read_document d(
        root + zarray("c", "[1]", "[1]", "|O", json2, R"("fill_value": 0)") +
        R"(, "c/0": "[[[1,2],\"a\",null],\"|O\",[1]]", "c/.zattrs": {"_COMPOUND_DTYPE": )"
        R"([["list", "object"], ["text", "<REFERENCE>"], ["none", "<REFERENCE>"]]})"
    );
    auto const& members = d.at("/c").dataset->type->members;
    REQUIRE(members.size() == 3);
    CHECK(members[0].type->what == hdf5::type_class::variable_length);
    CHECK_FALSE(members[0].type->is_variable_string);
    CHECK(members[1].type->is_variable_string);
    CHECK(members[2].type->what == hdf5::type_class::reference);
}

TEST_CASE("read tree: links; relative ones from their group, then from the root")
{
    read_document d(
        std::string(root) +
        R"(, "g/.zgroup": {"zarr_format": 2}, "g/x/.zgroup": {"zarr_format": 2})"
        R"(, "y/.zgroup": {"zarr_format": 2})"
        R"(, "g/own/.zgroup": {"zarr_format": 2}, "g/own/.zattrs": {"_SOFT_LINK": {"path": "x"}})"
        R"(, "g/up/.zgroup": {"zarr_format": 2}, "g/up/.zattrs": {"_SOFT_LINK": {"path": "y"}})"
        R"(, "g/none/.zgroup": {"zarr_format": 2}, "g/none/.zattrs": {"_SOFT_LINK": {"path": "/z"}})"
        R"(, "g/none/below/.zgroup": {"zarr_format": 2}, "lost/x/.zgroup": {"zarr_format": 2})"
    );
    auto const& g = d.graph();
    CHECK(node::resolve(g, g.root, "/g/own") == node::find_object(g, "/g/x"));
    CHECK(node::resolve(g, g.root, "/g/up") == node::find_object(g, "/y"));
    CHECK(node::resolve(g, g.root, "/g/none") == node::no_object);
    CHECK(node::find_object(g, "/lost/x") == node::no_object);
    CHECK(g.objects.size() == 4);
}

TEST_CASE("read tree: attributes have the types that Python lindi shows")
{
    read_document d(
        std::string(root) +
        R"(, ".zattrs": {"i": 5, "u": 18446744073709551615, "f": 5.0, "b": true, "s": "x",)"
        R"( "n": "NaN", "li": [1, true], "lf": [[1, 2.5], [3, "NaN"]], "ls": ["a", "NaN"], "e": [],)"
        R"( "ragged": [[1], [2, 3]], "null": null, "big": 18446744073709551616, "mixed": [1, "a"],)"
        R"( "r": {"_REFERENCE": {"path": "/", "source": ".", "object_id": null, "source_object_id": null}}})"
    );
    std::map<std::string, node::attribute const*> by_name;
    for (auto const& a : d.at("/").attributes)
        by_name[a.name] = &a;
    using hdf5::type_class;
    CHECK(by_name.at("i")->type->is_signed);
    CHECK_FALSE(by_name.at("u")->type->is_signed);
    CHECK(by_name.at("f")->type->what == type_class::floating);
    CHECK(by_name.at("b")->type->what == type_class::enumeration);
    CHECK(d.text(*by_name.at("s")->type, by_name.at("s")->value) == "x");
    CHECK(by_name.at("n")->type->what == type_class::floating);
    CHECK(by_name.at("li")->type->what == type_class::integer);
    CHECK(by_name.at("lf")->space.extents == std::vector<std::uint64_t>{2, 2});
    CHECK(by_name.at("lf")->type->what == type_class::floating);
    CHECK(by_name.at("ls")->type->is_variable_string);
    CHECK(by_name.at("e")->space.extents == std::vector<std::uint64_t>{0});
    CHECK(by_name.at("r")->type->what == type_class::reference);
    CHECK(by_name.size() == 11);
    CHECK(d.at("/").problems.size() == 4);  // ragged, null, big, mixed
}

TEST_CASE("read tree: an array that cannot be read leaves its siblings alone")
{
    read_document d(
        root + zarray("good", "[1]", "[1]") + R"(, "good/0": "\u0005")" +
        zarray("type", "[1]", "[1]", "<q4") + zarray("value", "[2]", "[1]") +
        R"(, "value/0": ["x", 1], "value/1": "\u0001", "text/.zarray": "{\"zarr_format\": 2")"
    );
    CHECK(d.numbers("/good") == std::vector<int>{5});
    CHECK(d.problem("/type").find("<q4") != std::string::npos);
    CHECK_FALSE(d.at("/type").dataset);
    CHECK(d.problem("/value").find("chunk 0") != std::string::npos);
    CHECK(d.elements("/value", {{1, 1}}).has_error());
    CHECK_FALSE(d.problem("/text").empty());
}

TEST_CASE("read tree: of keys that are there twice the last one counts")
{
    read_document d(
        root + zarray("a", "[1]", "[1]") +
        R"(, "a/0": "\u0001", "a/0": "\u0002", "a/\u0030": "\u0003")"
    );
    CHECK(d.numbers("/a") == std::vector<int>{3});
}

TEST_CASE("read tree: metadata may be text, base 64 or a reference")
{
    std::string const array =
        R"({"zarr_format":2,"shape":[1],"chunks":[1],"dtype":"|u1","order":"C","fill_value":4,)"
        R"("filters":null,"compressor":null})";
    read_document d(
        std::string(root) + R"(, "a/.zarray": ["m", 1, )" + std::to_string(array.size()) +
            R"(], "a/.zattrs": "base64:eyJ4IjoxfQ==", "b/.zarray": ["gone", 0, 5])",
        {{"m", "?" + array}}
    );
    CHECK(d.numbers("/a") == std::vector<int>{4});
    CHECK(d.at("/a").attributes.size() == 1);
    CHECK(d.problem("/b").find("gone") != std::string::npos);
}

TEST_CASE("read tree: without a root group there is no tree")
{
    CHECK(read_document(R"("a/.zgroup": {"zarr_format": 2})").read.has_error());
    CHECK(read_document(std::string(root) + R"(, ".zarray": {"zarr_format": 2})").read.has_error());
}

TEST_CASE("read tree: memory has its limit")
{
    limits small;
    small.memory = 1'100'000;
    std::string many = root;
    for (int i = 0; i < 100; ++i)
        many += ", \"g" + std::to_string(i) + R"(/.zgroup": {"zarr_format": 2})";
    read_document const d(many, {}, small);
    CHECK(d.read.error().code() == errc::too_large);
}

}  // namespace lindi::rfs
