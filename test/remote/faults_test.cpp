#include "mapped_file.hpp"
#include "remote_index.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <random>

using namespace lindi;
using test::behaviour;
using test::fault;

namespace {

/// LINDI_FAULT_SEEDS, or a few.
unsigned seeds()
{
    auto const* const given = std::getenv("LINDI_FAULT_SEEDS");
    return given != nullptr ? static_cast<unsigned>(std::stoul(given)) : 10;
}

/// Five in a hundred requests fail, in one of the ways that may pass.
std::function<behaviour(test::seen_request const&)> failing(unsigned seed)
{
    return [random = std::mt19937(seed)](test::seen_request const&) mutable {
        constexpr std::array kinds = {
            fault::reset, fault::short_body, fault::status, fault::retry_after};
        constexpr std::array statuses = {408U, 425U, 429U, 500U, 502U, 503U, 504U};
        if (random() % 20 != 0)
            return behaviour{};
        return behaviour{kinds[random() % kinds.size()], statuses[random() % statuses.size()]};
    };
}

}  // namespace

TEST_CASE("remote index: whatever of five in a hundred requests fails, the LINDI file is the same")
{
    test::mapped_file const file(TEST_DATA "/sample.nwb");
    auto const expected = test::index_local(file.content());
    REQUIRE(expected.has_value());
    // Every structure is a request of its own.
    open::source_options remote;
    remote.remote_pages.page_size = 64;
    remote.remote_pages.merge_gap = 0;
    remote.remote_pages.whole_file_round_trips = 0;
    remote.http.first_read = 64;
    net::client_options settings;
    settings.retry.first_delay = net::milliseconds(1);
    settings.retry.longest_delay = net::milliseconds(2);
    std::uint64_t failed = 0;
    for (unsigned seed = 1; seed <= seeds(); ++seed) {
        CAPTURE(seed);
        settings.seed = seed;
        test::server_options serving;
        serving.mapped = file.content();
        serving.decide = [decide = failing(seed), &failed](test::seen_request const& seen) {
            auto const how = decide(seen);
            failed += how.fault == fault::none ? 0 : 1;
            return how;
        };
        auto const got = test::index_remote(
            std::move(serving), test::export_as_if_elsewhere(), remote, settings
        );
        REQUIRE_MESSAGE(got.has_value(), got.error().message());
        bool const is_same = got->document == *expected;
        CHECK(is_same);
    }
    CHECK(failed > seeds());
    MESSAGE(seeds(), " seeds, ", failed, " requests failed");
}
