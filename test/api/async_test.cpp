#include <lindi/api/async.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <doctest/doctest.h>

#include <numeric>
#include <thread>

namespace lindi {
namespace {

namespace asio = boost::asio;

// Facts: h5py on test/data/sample.nwb.
std::string const sample = TEST_DATA "/sample.nwb";
constexpr double sum_of_spike_times = 1237.5789782134998;

asio::awaitable<void> read_sample(asio::thread_pool& workers, double& sum, std::thread::id& where)
{
    auto const worker = workers.get_executor();
    auto const opened = co_await async_open(worker, sample);
    REQUIRE(opened.has_value());
    auto const times = opened->root().dataset_at("units/spike_times").value();
    auto const all = co_await async_read<double>(worker, times);
    REQUIRE(all.has_value());
    sum = std::accumulate(all->begin(), all->end(), 0.0);
    where = std::this_thread::get_id();
}

/// A dataset of more than one piece, never written: 64 MiB.
dataset zeros()
{
    static file const f = open_file(TEST_DATA "/node/hdf5_2.h5").value();
    return f.root().dataset_at("large/never_written").value();
}
auto const two_pieces = selection::index("0, :67108864");

}  // namespace

TEST_CASE("async: coroutines go on where they are at home")
{
    asio::thread_pool workers(1);
    asio::io_context home;
    double sum = 0;
    std::thread::id where;
    asio::co_spawn(home, read_sample(workers, sum, where), asio::detached);
    home.run();
    CHECK(sum == doctest::Approx(sum_of_spike_times));
    CHECK(where == std::this_thread::get_id());
}

TEST_CASE("async: futures, and errors as results")
{
    asio::thread_pool workers(2);
    auto const worker = workers.get_executor();
    auto missing = async_open(worker, "/nowhere.h5", {}, {}, asio::use_future);
    CHECK(missing.get().has_error());
    auto const opened = async_open(worker, sample, {}, {}, asio::use_future).get();
    REQUIRE(opened.has_value());
    auto const times = opened->root().dataset_at("units/spike_times").value();
    std::vector<double> out(115);
    auto into = async_read_into(worker, times, std::span(out), {}, {}, asio::use_future);
    CHECK(async_read<double>(worker, times, {}, {}, asio::use_future).get().value().size() == 115);
    CHECK(into.get().has_value());
    CHECK(std::accumulate(out.begin(), out.end(), 0.0) == doctest::Approx(sum_of_spike_times));
    auto few = async_read_into(worker, times, std::span(out).first(3), {}, {}, asio::use_future);
    CHECK(few.get().error().code() == errc::bad_value);
}

TEST_CASE("async: progress, and an end between two pieces when it is cancelled")
{
    asio::thread_pool workers(1);
    asio::io_context home;
    std::vector<std::uint64_t> seen;
    asio::cancellation_signal stop;
    result<std::vector<std::uint8_t>> outcome = error(errc::io, error::nowhere, "none");
    auto const progress = [&](std::uint64_t elements) {
        seen.push_back(elements);
        asio::post(home, [&] { stop.emit(asio::cancellation_type::terminal); });
        // Emitted on the thread of the handler, as Asio wants it; then the work goes on.
        while (home.run_one() == 0)
            home.restart();
    };
    async_read<std::uint8_t>(
        workers.get_executor(),
        zeros(),
        two_pieces,
        progress,
        asio::bind_cancellation_slot(
            stop.slot(),
            asio::bind_executor(
                home, [&](result<std::vector<std::uint8_t>> got) { outcome = std::move(got); }
            )
        )
    );
    workers.join();
    home.restart();
    home.run();
    CHECK(seen == std::vector<std::uint64_t>{32 << 20});
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().code() == errc::cancelled);
}

}  // namespace lindi
