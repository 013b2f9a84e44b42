#include "scratch_folder.hpp"

#include <lindi/api/open.hpp>
#include <lindi/edit/file.hpp>

#include <doctest/doctest.h>

#include <fstream>

using namespace lindi;
using edit::element_type;
using edit::open_mode;

namespace {

using extents = std::vector<std::uint64_t>;
using texts = std::vector<std::string>;
using numbers = std::vector<double>;

template <class T>
void ok(result<T> const& done)
{
    REQUIRE_MESSAGE(done.has_value(), done.error().message());
}

template <class T>
std::error_code code_of(result<T> const& done)
{
    return done ? std::error_code() : done.error().code();
}

/// A JSON file that is new, with the folder it is in.
struct fresh {
    explicit fresh(std::string const& name = "x.lindi.json")
        : path(folder.file(name)), file(edit::file::open(path, open_mode::create_new).value()),
          root(file.root())
    {}

    lindi::dataset read(std::string const& at)
    {
        return file.snapshot().value().root().dataset_at(at).value();
    }

    test::scratch_folder folder;
    std::string path;
    edit::file file;
    edit::group root;
};

}  // namespace

TEST_CASE("edit: what was written is there for the ordinary reader, before and after a flush")
{
    for (std::string const name : {"a.lindi.json", "a.lindi.tar", "a.lindi.d"}) {
        CAPTURE(name);
        fresh f(name);
        auto series = f.root.create_group("acquisition/series").value();
        edit::dataset_spec const spec{
            .type = element_type::of<double>(), .shape = {3, 2}, .chunks = {2, 2}};
        auto data = series.create_dataset("data", spec).value();
        ok(data.write<double>({1, 2, 3, 4, 5, 6}));
        ok(data.set_attribute("unit", "V"));
        auto const check = [](lindi::file const& read) {
            auto const again = read.root().dataset_at("/acquisition/series/data").value();
            CHECK(again.shape() == extents{3, 2});
            CHECK(again.chunks() == extents{2, 2});
            CHECK(again.read<double>().value() == numbers{1, 2, 3, 4, 5, 6});
            CHECK(again.attr("unit").value().as<std::string>().value() == "V");
        };
        check(f.file.snapshot().value());
        ok(f.file.flush());
        check(open_file(f.path).value());
    }
}

TEST_CASE("edit: groups are made, required, listed and refused")
{
    fresh f;
    ok(f.root.create_group("/a//b/"));
    CHECK(code_of(f.root.create_group("a/b")) == std::errc::file_exists);
    CHECK(f.root.require_group("a/b").value().path() == "/a/b");
    ok(f.root.require_group("new"));
    auto const spec = edit::dataset_spec{.type = element_type::of<int>(), .shape = {2}};
    ok(f.root.create_dataset("a/d", spec));
    ok(f.root.link("a/l", "b"));
    CHECK(code_of(f.root.create_group("a/d/x")) == errc::bad_value);
    CHECK(code_of(f.root.group_at("a/d")) == errc::bad_value);
    CHECK(code_of(f.root.dataset_at("a/b")) == errc::bad_value);
    CHECK(code_of(f.root.group_at("nowhere")) == errc::not_found);
    auto const members = f.root.group_at("a").value().members().value();
    REQUIRE(members.size() == 3);
    CHECK(members[0].name == "b");
    CHECK(members[1].kind == edit::member_kind::dataset);
    CHECK(members[2].kind == edit::member_kind::soft_link);
    CHECK(members[2].target == "/a/b");
    CHECK(f.root.group_at("a/l").value().path() == "/a/b");
    CHECK(f.root.contains("a/l"));
    CHECK_FALSE(f.root.contains("a/x"));
}

TEST_CASE("edit: names that LINDI or its readers do not have are refused")
{
    fresh f;
    for (std::string const name :
         {".", "..", "a/../b", "back\\slash", ".zgroup", "a/.zarray", ".zattrs", "\xff"}) {
        CAPTURE(name);
        CHECK(code_of(f.root.create_group(name)) == errc::bad_value);
    }
    CHECK(code_of(f.root.create_group(std::string("a\0b", 3))) == errc::bad_value);
    CHECK(f.root.members().value().empty());
}

TEST_CASE("edit: descriptions of datasets that do not go together are refused")
{
    fresh f;
    auto const refused = [&](edit::dataset_spec const& spec) {
        return code_of(f.root.create_dataset("d", spec));
    };
    auto const real = element_type::of<double>();
    CHECK(refused({.type = real, .shape = {2}, .chunks = {0}}) == errc::bad_value);
    CHECK(refused({.type = real, .shape = {2}, .chunks = {1, 1}}) == errc::bad_value);
    CHECK(refused({.type = real, .shape = {2}, .max_shape = {1}}) == errc::bad_value);
    CHECK(refused({.type = real, .shape = {1ull << 62}}) == errc::too_large);
    CHECK(refused({.type = real, .shape = {1}, .chunks = {1 << 30}}) == errc::too_large);
    CHECK(refused({.type = real, .shape = extents(33, 1)}) == errc::bad_value);
    CHECK(refused({.type = real, .shape = {1}, .fill = "\"a\""}) == errc::bad_value);
    CHECK(
        refused({.type = element_type::of<std::uint8_t>(), .shape = {1}, .fill = "256"}) ==
        errc::bad_value
    );
    CHECK(
        refused({.type = element_type::text(), .shape = {1}, .fill = "\"a\""}) == errc::unsupported
    );
    CHECK(
        refused({.type = element_type::text(), .shape = {1}, .filters = {.shuffle = true}}) ==
        errc::unsupported
    );
    CHECK(
        refused({.type = real, .shape = {1}, .filters = {edit::compression::gzip, 10}}) ==
        errc::bad_value
    );
    CHECK(f.root.members().value().empty());
}

TEST_CASE("edit: numbers are converted exactly or refused")
{
    fresh f;
    auto small =
        f.root.create_dataset("s", {.type = element_type::of<std::int8_t>(), .shape = {2}}).value();
    ok(small.write<double>({-128, 127}));
    CHECK(code_of(small.write<double>({1.5, 0})) == errc::bad_value);
    CHECK(code_of(small.write<int>({128, 0})) == errc::bad_value);
    CHECK(code_of(small.write<std::uint64_t>({~0ull, 0})) == errc::bad_value);
    CHECK(code_of(small.write<double>({1})) == errc::bad_value);
    CHECK(code_of(small.write(texts{"a", "b"})) == errc::bad_value);
    CHECK(f.read("s").read<int>().value() == std::vector<int>{-128, 127});
    auto truth =
        f.root.create_dataset("b", {.type = element_type::boolean(), .shape = {2}}).value();
    ok(truth.write(std::vector<bool>{true, false}));
    CHECK(code_of(truth.write<int>({2, 0})) == errc::bad_value);
    CHECK(truth.read_json().value() == texts{"true", "false"});
    auto half =
        f.root.create_dataset(
                  "h", {.type = element_type::parse(">f2").value(), .shape = {3}}
        ).value();
    // -65504, in as many digits as tell it from its neighbours
    ok(half.write<double>({0.5, -65504, 1e9}));
    CHECK(half.read_json().value() == texts{"0.5", "-65500.0", "\"Infinity\""});
}

TEST_CASE("edit: fill values are what was never written")
{
    fresh f;
    auto const made = [&](char const* name, char const* type, char const* fill) {
        edit::dataset_spec const spec{
            .type = element_type::parse(type).value(), .shape = {2}, .fill = fill};
        return f.root.create_dataset(name, spec).value();
    };
    CHECK(made("a", "float32", "-1.5").read_json().value() == texts{"-1.5", "-1.5"});
    CHECK(made("b", "float64", "NaN").read_json().value() == texts{"\"NaN\"", "\"NaN\""});
    CHECK(
        made("c", "uint64", "18446744073709551615").read_json().value()[0] == "18446744073709551615"
    );
    CHECK(made("d", "bool", "true").read_json().value() == texts{"true", "true"});
    CHECK(made("e", "S3", "\"xy\"").read_json().value() == texts{"\"xy\"", "\"xy\""});
    CHECK(f.read("b").fill_value().size() == 8);
    CHECK(f.read("c").read<std::uint64_t>().value()[1] == ~0ull);
    CHECK(f.read("e").read<std::string>().value() == texts{"xy", "xy"});
}

TEST_CASE("edit: rows that are appended are there, and a row that does not fit leaves nothing")
{
    fresh f("x.lindi.tar");
    constexpr auto unlimited = ~std::uint64_t{0};
    edit::dataset_spec const spec{
        .type = element_type::of<std::int16_t>(), .shape = {0, 2}, .max_shape = {unlimited, 2}};
    auto data = f.root.create_dataset("d", spec).value();
    for (std::int16_t i = 0; i < 500; ++i)
        ok(data.append<std::int16_t>({i, static_cast<std::int16_t>(-i)}));
    CHECK(code_of(data.append<int>({1, 70000})) == errc::bad_value);
    CHECK(code_of(data.append<int>({1})) == errc::bad_value);
    CHECK(data.shape().value() == extents{500, 2});
    auto const read = f.read("d").read<int>().value();
    CHECK(read[998] == 499);
    CHECK(read[999] == -499);
}

TEST_CASE("edit: what attributes cannot be is refused, and leaves what was there")
{
    fresh f;
    ok(f.root.set_attribute("a", 1));
    for (std::string const json :
         {"null",
          "{}",
          "[1,\"a\"]",
          "[[1],[1,2]]",
          "[1,[2]]",
          "\"NaN\"",
          "[\"-Infinity\"]",
          "[null]",
          "[9223372036854775808]",
          "\"a\\u0000b\"",
          "[{\"_REFERENCE\":{\"path\":\"/\"}}]",
          "1 2",
          "nonsense",
          "{\"_REFERENCE\":{\"path\":\"/nowhere\"}}"}) {
        CAPTURE(json);
        CHECK(f.root.set_attribute("a", edit::attribute_value::json(json)).has_error());
    }
    CHECK(f.root.set_attribute("_SCALAR", true).has_error());
    CHECK(f.root.set_attribute("", 1).has_error());
    CHECK(f.root.attribute("a").value() == "1");
    CHECK(code_of(f.root.attribute("b")) == errc::not_found);
    CHECK_FALSE(f.root.delete_attribute("b").value());
    CHECK(f.root.delete_attribute("a").value());
    CHECK(f.root.attribute_names().value().empty());
}

TEST_CASE("edit: values of attributes as C++ has them")
{
    fresh f;
    auto const set = [&](edit::attribute_value const& value) {
        ok(f.root.set_attribute("a", value));
        return f.root.attribute("a").value();
    };
    CHECK(set(5) == "5");
    CHECK(set(5.0) == "5.0");
    CHECK(set(0.1f) == "0.10000000149011612");
    CHECK(set(std::numeric_limits<double>::quiet_NaN()) == "\"NaN\"");
    CHECK(set(true) == "true");
    CHECK(set("text") == "\"text\"");
    CHECK(set(std::vector<int>{1, -2}) == "[1,-2]");
    CHECK(set(texts{"a", "b"}) == "[\"a\",\"b\"]");
    CHECK(set(std::vector<bool>{true, false}) == "[true,false]");
    CHECK(set(edit::attribute_value::json("[[1, 2.5], [3, NaN]]")) == "[[1.0,2.5],[3.0,\"NaN\"]]");
    CHECK(set(~0ull) == "18446744073709551615");
}

TEST_CASE("edit: references are kept right when objects move and ids change")
{
    fresh f;
    ok(f.root.set_attribute("object_id", "root"));
    auto group = f.root.create_group("a/b").value();
    ok(group.set_attribute("object_id", "b"));
    ok(f.root.set_attribute("to", object_path{"/a/b"}));
    auto refs =
        f.root.create_dataset("refs", {.type = element_type::reference(), .shape = {3}}).value();
    ok(refs.write(std::vector<object_path>{{"/a/b"}, {""}, {"/a"}}));
    ok(f.root.move("a", "z/y"));
    ok(f.file.at("/z/y/b").value().set_attribute("object_id", "other"));
    ok(f.root.set_attribute("object_id", "new root"));
    CHECK(
        f.root.attribute("to").value() ==
        R"({"_REFERENCE":{"object_id":"other","path":"/z/y/b","source":".","source_object_id":"new root"}})"
    );
    auto const read = f.read("refs").read<object_path>().value();
    CHECK(read == std::vector<object_path>{{"/z/y/b"}, {""}, {"/z/y"}});
    ok(f.root.remove("z"));
    CHECK(f.read("refs").read<object_path>().has_error());
}

TEST_CASE("edit: nothing moves or is copied into itself, nor over something else")
{
    fresh f;
    ok(f.root.create_group("a/b"));
    ok(f.root.create_group("c"));
    CHECK(code_of(f.root.move("a", "a/b/x")) == errc::bad_value);
    CHECK(code_of(f.root.copy("a", "a/x")) == errc::bad_value);
    CHECK(code_of(f.root.move("a", "c")) == std::errc::file_exists);
    CHECK(code_of(f.root.move("/", "x")) == errc::bad_value);
    CHECK(code_of(f.root.remove("/")) == errc::bad_value);
    CHECK(code_of(f.root.remove("nowhere")) == errc::not_found);
    ok(f.root.move("a", "ab"));  // its name begins with the other one
    CHECK(f.root.contains("ab/b"));
}

TEST_CASE("edit: soft links in circles are an error, not a hang")
{
    fresh f;
    ok(f.root.link("a", "b"));
    ok(f.root.link("b", "a"));
    CHECK(code_of(f.root.group_at("a")) == errc::cycle);
    CHECK(code_of(f.root.link("c", "c")) == errc::bad_value);
    ok(f.root.remove("a"));
    CHECK(f.root.members().value().size() == 1);
}

TEST_CASE("edit: compounds have room for the longest text")
{
    fresh f;
    auto const type =
        element_type::parse(R"([["n","int32"],["t","text"],["r","reference"]])").value();
    auto rows = f.root.create_dataset("c", {.type = type, .shape = {2}}).value();
    ok(rows.write_json({R"([1,"ab",null])"}, {{0, 1, 1}}));
    ok(rows.write_json({R"([-1, "longer", {"_REFERENCE": {"path": "/"}}])"}, {{1, 1, 1}}));
    CHECK(code_of(rows.write_json({"[1]", "[2]"})) == errc::bad_value);
    CHECK(code_of(rows.write_json({R"([1.5,"",null])"}, {{0, 1, 1}})) == errc::bad_value);
    auto const read = f.read("c");
    CHECK(read.field("t").value().read<std::string>().value() == texts{"ab", "longer"});
    CHECK(read.field("n").value().read<int>().value() == std::vector<int>{1, -1});
    CHECK(read.field("r").value().read<object_path>().value()[1].path == "/");
}

TEST_CASE("edit: sequences and scalars")
{
    fresh f;
    auto lists =
        f.root.create_dataset("l", {.type = element_type::sequence(), .shape = {2}}).value();
    ok(lists.write_json({"[1.5, 2]", "[]"}));
    CHECK(f.read("l").read<numbers>().value() == std::vector<numbers>{{1.5, 2}, {}});
    auto text = f.root.create_dataset("t", {.type = element_type::text()}).value();
    CHECK(f.read("t").read<std::string>().value() == texts{""});
    ok(text.write(texts{"\xc3\xa9 and more"}));
    ok(text.write(texts{"\xc3\xa9"}));
    CHECK(f.read("t").read<std::string>().value() == texts{"\xc3\xa9"});
    CHECK(f.read("t").shape().empty());
    auto number = f.root.create_dataset("n", {.type = element_type::of<int>()}).value();
    ok(number.write<int>({7}));
    CHECK(code_of(number.resize({2})) == errc::bad_value);
    CHECK(f.read("n").read<int>().value() == std::vector<int>{7});
}

TEST_CASE("edit: a copy in another file keeps what it can, and says what it cannot")
{
    fresh from("from.lindi.tar"), to("to.lindi.tar");
    auto inner = from.root.create_group("g/inner").value();
    ok(inner.set_attribute("inside", object_path{"/g"}));
    ok(inner.set_attribute("outside", object_path{"/"}));
    edit::dataset_spec const spec{
        .type = element_type::of<double>(), .shape = {1000}, .filters = {edit::compression::none}};
    auto data = inner.create_dataset("d", spec).value();
    numbers values(1000);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<double>(i);
    ok(data.write(values));
    ok(inner.link("l", "d"));
    auto const lost = to.root.copy_from(from.file, "/g", "/x/copy").value();
    REQUIRE(lost.size() == 1);
    CHECK(lost[0].find("/g/inner@outside") != std::string::npos);
    CHECK(to.read("/x/copy/inner/d").read<double>().value() == values);
    CHECK(to.read("/x/copy/inner/l").path() == "/x/copy/inner/d");
    auto const copied = to.file.at("/x/copy/inner").value();
    CHECK(copied.attribute("inside").value().find("\"/x/copy\"") != std::string::npos);
    CHECK(copied.attribute("outside").has_error());
}

TEST_CASE("edit: a file that is only read refuses changes and opens beside a writer")
{
    fresh f;
    ok(f.root.create_group("a"));
    ok(f.file.flush());
    auto reader = edit::file::open(f.path, open_mode::read).value();
    CHECK(reader.root().contains("a"));
    CHECK(reader.root().create_group("b").has_error());
    CHECK(reader.root().set_attribute("b", 1).has_error());
    CHECK(edit::file::open(f.path, open_mode::read_write).has_error());
    CHECK(code_of(edit::file::open(f.path, open_mode::create_new)) == std::errc::file_exists);
}

TEST_CASE("edit: arrays whose chunks cannot be written again are refused when they are written")
{
    test::scratch_folder const folder;
    auto const path = folder.file("x.lindi.json");
    auto const array = [](std::string const& more) {
        return R"({"zarr_format":2,"shape":[2,2],"chunks":[2,2],"dtype":"<i4","fill_value":0,)" +
               more + "}";
    };
    std::ofstream(path
    ) << R"({"refs":{".zgroup":{"zarr_format":2},"z/.zarray":)"
      << array(R"("order":"C","filters":null,"compressor":{"id":"zstd","level":1})")
      << R"(,"f/.zarray":)" << array(R"("order":"F","filters":null,"compressor":null)")
      << R"(,"l/.zarray":)" << array(R"("order":"C","filters":null,"compressor":null)")
      << R"(,"l/.zattrs":{"_EXTERNAL_ARRAY_LINK":{"link_type":"hdf5_dataset","url":"x.h5","name":"d"}}}})";
    auto file = edit::file::open(path, open_mode::read_write).value();
    for (std::string const name : {"z", "f", "l"}) {
        CAPTURE(name);
        auto data = file.root().dataset_at(name).value();
        CHECK(code_of(data.write<int>({1, 2, 3, 4})) == errc::unsupported);
        CHECK(code_of(data.write<int>({1}, {{0, 1, 1}, {0, 1, 1}})) == errc::unsupported);
        CHECK(data.shape().value() == extents{2, 2});
    }
}
