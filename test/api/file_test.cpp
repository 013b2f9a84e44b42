#include <lindi/api/open.hpp>

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <fstream>
#include <iterator>
#include <numeric>
#include <thread>

namespace lindi {
namespace {

// Facts: h5py on test/data/sample.nwb.

std::string const sample = TEST_DATA "/sample.nwb";

file opened()
{
    auto out = open_file(sample);
    REQUIRE(out.has_value());
    return *out;
}

dataset data_of(char const* path)
{
    auto found = opened().root().dataset_at(path);
    REQUIRE(found.has_value());
    return *found;
}

TEST_CASE("file: not there, not HDF5")
{
    CHECK(open_file("/nowhere.h5").has_error());
    auto const other = file::from_memory(lindi::bytes(1000));
    REQUIRE(other.has_error());
    CHECK(other.error().code() == errc::not_hdf5);
}

TEST_CASE("file: from memory as from disk; handles keep it open")
{
    std::ifstream in(sample, std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    auto const bytes = as_bytes(text);
    auto const times = [&] {
        auto const f = file::from_memory(lindi::bytes(bytes.begin(), bytes.end()));
        REQUIRE(f.has_value());
        CHECK(f->problems().empty());
        return f->root().dataset_at("units/spike_times").value();
    }();
    auto const all = times.read<double>();
    REQUIRE(all.has_value());
    CHECK(all->size() == 115);
    CHECK(std::accumulate(all->begin(), all->end(), 0.0) == doctest::Approx(1237.5789782134998));
}

TEST_CASE("group: members, paths, soft links")
{
    auto const f = opened();
    auto const ephys = f.root().group_at("general/extracellular_ephys");
    REQUIRE(ephys.has_value());
    CHECK(ephys->path() == "/general/extracellular_ephys");
    auto const members = ephys->members();
    REQUIRE(members.size() == 2);
    CHECK(members[0].name == "electrodes");
    CHECK(members[1].target->kind() == object_kind::group);
    CHECK(ephys->contains("shank0/device"));
    CHECK(ephys->contains("/units/id"));
    CHECK_FALSE(ephys->contains("shank1"));
    CHECK(ephys->at("shank0/device")->path() == "/general/devices/probe");
    CHECK(*ephys->at("shank0/device") == *f.at("/general/devices/probe"));
    CHECK(ephys->at("shank1").error().code() == errc::not_found);
    CHECK(ephys->dataset_at("shank0").error().code() == errc::bad_value);
    CHECK(f.root().group_at("units/id").error().code() == errc::bad_value);
}

TEST_CASE("group: a walk meets every object once, parents first, until it is told to stop")
{
    std::size_t datasets = 0;
    std::vector<std::string> paths;
    opened().root().walk([&](object const& o) {
        datasets += o.as_dataset().has_value() ? 1 : 0;
        paths.push_back(o.path());
        return true;
    });
    CHECK(datasets == 79);  // visititems
    CHECK(paths.front() == "/acquisition");
    CHECK(paths[1] == "/acquisition/raw");
    int visits = 0;
    opened().root().walk([&](object const&) { return ++visits < 3; });
    CHECK(visits == 3);
}

TEST_CASE("attribute: typed, and as JSON")
{
    auto const data = data_of("acquisition/raw/data");
    CHECK(*data.attr("conversion")->as<double>() == 1.95e-07);
    CHECK(*data.attr("unit")->as<std::string>() == "volts");
    CHECK(data.attr("unit")->as<double>().error().code() == errc::bad_value);
    CHECK(data.attr("nothing").error().code() == errc::not_found);
    auto const units = opened().root().at("units");
    std::vector<std::string> const columns{"quality", "spike_times", "obs_intervals", "electrodes"};
    CHECK(*units->attr("colnames")->values<std::string>() == columns);
    CHECK(units->attr("colnames")->as<std::string>().error().code() == errc::bad_value);
    CHECK(
        *units->attr("colnames")->json() ==
        R"(["quality","spike_times","obs_intervals","electrodes"])"
    );
    auto const table = opened().at("acquisition/raw/electrodes")->attr("table");
    CHECK(table->as<object_path>()->path == "/general/extracellular_ephys/electrodes");
    CHECK(*table->json() == R"("/general/extracellular_ephys/electrodes")");
}

TEST_CASE("dataset: shape, type, chunks, filters")
{
    auto const data = data_of("acquisition/raw/data");
    CHECK(data.shape() == std::vector<std::uint64_t>{1600, 4});
    CHECK(data.max_shape() == data.shape());
    CHECK(data.chunks() == std::vector<std::uint64_t>{768, 3});
    CHECK(data.type().what == hdf5::type_class::integer);
    CHECK_FALSE(data.filters().filters.empty());
    CHECK(data_of("scratch/counts").chunks().empty());
}

TEST_CASE("dataset: slices, points, raw bytes")
{
    auto const data = data_of("acquisition/raw/data");
    std::vector<int> const column{-194, -70, 275, -138};
    CHECK(*data.read<int>(selection::index("10:1600:500, 2")) == column);
    CHECK(*data.shape_of(selection::index("10:1600:500, 2")) == std::vector<std::uint64_t>{4});
    CHECK(*data.read<int>(hyperslab{{10, 4, 500}, {2, 1, 1}}) == column);
    point_list const points{{0, 0}, {1599, 3}, {767, 2}, {768, 2}, {768, 3}, {5, 1}};
    CHECK(*data.read<int>(points) == std::vector<int>{-266, -182, 226, -46, -273, -22});
    CHECK(*data.read<double>(point_list{{5, 1}}) == std::vector<double>{-22.0});
    CHECK(data.read<int>(point_list{{1600, 0}}).error().code() == errc::bad_value);
    CHECK(data.read<int>(point_list{{0}}).error().code() == errc::bad_value);
    CHECK(data.read<int>(selection::index("1600")).error().code() == errc::bad_value);
    CHECK(data.read<std::uint8_t>().error().message().starts_with("/acquisition/raw/data: "));

    std::array<std::int16_t, 4> into{};
    CHECK(data.read_into<std::int16_t>(into, selection::index("10:1600:500, 2")).has_value());
    CHECK(std::equal(into.begin(), into.end(), column.begin()));
    std::array<std::int16_t, 4> raw{};
    CHECK(data.read_raw(std::as_writable_bytes(std::span(raw)), selection::index("10:1600:500, 2"))
              .has_value());
    CHECK(raw == into);
    std::vector<std::int16_t> all(1600 * 4, 77);
    CHECK(data.read_raw(std::as_writable_bytes(std::span(all))).has_value());
    CHECK(all == *data.read<std::int16_t>());
    for (auto const* size : {"0:5, 2", "0:3, 2"})
        CHECK(
            data.read_raw(std::as_writable_bytes(std::span(raw)), selection::index(size))
                .error()
                .code() == errc::bad_value
        );
    CHECK(data.read_into<std::int16_t>(into, selection::index("0:5, 2")).has_error());
    CHECK(data.read_into<std::int16_t>(into, selection::index("0:3, 2")).has_error());
}

TEST_CASE("dataset: fields of compounds, references, texts, booleans, sequences of values")
{
    auto const samples = data_of("intervals/trials/samples");
    CHECK(*samples.field("idx_start")->read<int>(selection::index(":2")) == std::vector{0, 60});
    auto const series = samples.field("timeseries")->read<object_path>(selection::index("1"));
    REQUIRE(series.has_value());
    CHECK(series->at(0).path == "/processing/ecephys/LFP/lfp");
    CHECK(samples.field("nothing").error().code() == errc::not_found);
    auto const record = samples.read<value>(selection::index("1"));
    REQUIRE(record.has_value());
    CHECK(std::get<std::int64_t>(std::get<node::value_list>(record->at(0).is).at(1).is) == 50);

    auto const pixels = data_of("processing/ophys/ImageSegmentation/rois/pixel_mask");
    CHECK(*pixels.field("weight")->read<float>(selection::index("3")) == std::vector{0.2F});
    CHECK(pixels.read<float>().error().code() == errc::bad_value);

    std::vector<std::string> const keywords{"sample", "small"};
    CHECK(*data_of("general/keywords").read<std::string>() == keywords);
    std::vector<int> const rewarded{1, 0, 1, 0, 1};
    CHECK(*data_of("intervals/trials/rewarded").read<int>() == rewarded);
    CHECK(data_of("intervals/trials/rewarded").read<std::string>()->at(0) == "TRUE");
    CHECK(
        *data_of("session_description").read<std::string>() ==
        std::vector<std::string>{"Sample session: a mouse on a linear track"}
    );
}

TEST_CASE("dataset: readings from several threads wait for each other")
{
    auto const data = data_of("acquisition/raw/data");
    auto const expected = *data.read<int>();
    std::vector<std::jthread> threads;
    std::atomic<int> equal = 0;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { equal += *data.read<int>() == expected ? 1 : 0; });
    threads.clear();
    CHECK(equal == 4);
}

TEST_CASE("dataset: chunks read before cost neither reads nor another answer")
{
    auto const f = opened();
    auto const data = f.root().dataset_at("acquisition/raw/data").value();
    auto const row = [&] { return *data.read<int>(selection::index("768, 3")); };
    CHECK(row() == std::vector<int>{-273});
    CHECK(row() == std::vector<int>{-273});  // loads the chunk table
    auto const reads = f.stats().reads;
    CHECK(row() == std::vector<int>{-273});
    CHECK(data.read<int>(selection::index("768:770, 3"))->front() == -273);
    CHECK(f.stats().reads == reads);
}

TEST_CASE("file: after cancel, reading fails")
{
    auto f = opened();
    auto const data = f.root().dataset_at("acquisition/raw/data");
    f.cancel();
    auto const read = data->read<int>();
    REQUIRE(read.has_error());
    CHECK(read.error().code() == errc::cancelled);
}

}  // namespace
}  // namespace lindi
