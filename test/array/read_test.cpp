#include "sample_file.hpp"
#include "slow_source.hpp"
#include "walked_file.hpp"

#include <lindi/array/read.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::test;

namespace {

bytes read_all(walked_file& f, std::string_view path)
{
    auto got = f.run(array::read_all(f.file(), f.data(path), 1 << 26));
    REQUIRE(got.has_value());
    return std::move(*got);
}

/// Elements of `all` that a part selects, the slow way.
bytes pick(
    bytes const& all,
    std::vector<std::uint64_t> const& shape,
    array::hyperslab const& part,
    std::size_t size
)
{
    bytes out;
    std::vector<std::uint64_t> at(part.size(), 0);
    for (std::uint64_t n = 0; n < array::element_count(part); ++n) {
        std::uint64_t rest = n, place = 0, scale = 1;
        for (std::size_t i = part.size(); i-- > 0;) {
            place += (part[i].start + rest % part[i].count * part[i].step) * scale;
            rest /= part[i].count;
            scale *= shape[i];
        }
        auto const from = all.begin() + static_cast<std::ptrdiff_t>(place * size);
        out.insert(out.end(), from, from + static_cast<std::ptrdiff_t>(size));
    }
    return out;
}

}  // namespace

TEST_CASE("read: elements of every storage are those that libhdf5 reads")
{
    std::size_t seen = 0;
    for (auto const* const name : {"old", "latest", "indexes", "narrow", "values", "hdf5_2"}) {
        CAPTURE(name);
        walked_file f(sample_file(name));
        for (auto const& fact : facts_of(name, "data")) {
            CAPTURE(fact.path);
            auto const got = read_all(f, fact.path);
            CHECK(got.size() == fact.number(0));
            CHECK(hash_of(got) == fact.values.at(1));
            ++seen;
        }
    }
    CHECK(seen > 10);
}

TEST_CASE("read: a part has the elements that the whole has there")
{
    walked_file f(sample_file("indexes"));
    for (auto const& fact : facts_of("indexes", "data")) {
        CAPTURE(fact.path);
        auto const& data = f.data(fact.path);
        auto const& shape = data.space.extents;
        auto const all = read_all(f, fact.path);
        for (std::uint64_t const step : {1u, 2u, 3u}) {
            CAPTURE(step);
            array::hyperslab part;
            for (auto const extent : shape)
                part.push_back({extent / 3, (extent - extent / 3 + step - 1) / step, step});
            bytes got(array::element_count(part) * data.type->size);
            auto const read = f.run(array::read_into(f.file(), data, part, got));
            REQUIRE(read.has_value());
            CHECK(got == pick(all, shape, part, data.type->size));
        }
    }
}

TEST_CASE("read: without a chunk table the index is walked for the part, with the same result")
{
    node::read_options no_tables;
    no_tables.load_chunks = [](node::dataset const&) { return false; };
    walked_file with(sample_file("indexes"));
    walked_file without(sample_file("indexes"), {}, no_tables);
    for (auto const& fact : facts_of("indexes", "data")) {
        CAPTURE(fact.path);
        REQUIRE_FALSE(without.data(fact.path).chunks.has_value());
        auto part = array::whole(with.data(fact.path).space.extents);
        for (auto& s : part)
            s.count = (s.count + 1) / 2;
        auto const size = array::element_count(part) * with.data(fact.path).type->size;
        bytes one(size), two(size);
        REQUIRE(with.run(array::read_into(with.file(), with.data(fact.path), part, one)).has_value()
        );
        REQUIRE(without.run(array::read_into(without.file(), without.data(fact.path), part, two))
                    .has_value());
        CHECK(one == two);
    }
}

TEST_CASE("read: parts outside of the dataset are refused")
{
    walked_file f(sample_file("indexes"));
    auto const path = facts_of("indexes", "data").front().path;
    auto const& data = f.data(path);
    auto part = array::whole(data.space.extents);
    part[0].count += 1;
    bytes out(array::element_count(part) * data.type->size);
    auto const read = f.run(array::read_into(f.file(), data, part, out));
    REQUIRE(read.has_error());
    CHECK(read.error().code() == errc::bad_value);
}
