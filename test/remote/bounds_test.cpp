// Waves, requests and bytes of a cold index may not grow. The large files of the same kind are
// bounded in test/interop/test_remote.py.

#include "mapped_file.hpp"
#include "pointer_chain.hpp"
#include "remote_index.hpp"

#include <doctest/doctest.h>

using namespace lindi;

namespace {

/// With a delay, or what is merged would depend on the machine.
test::server_options far_away(test::mapped_file const& file)
{
    test::server_options out;
    out.mapped = file.content();
    out.latency = std::chrono::milliseconds(50);
    return out;
}

}  // namespace

TEST_CASE("remote index: a file that pynwb wrote")
{
    test::mapped_file const file(TEST_DATA "/sample.nwb");
    auto const remote = test::index_remote(far_away(file));
    REQUIRE_MESSAGE(remote.has_value(), remote.error().message());

    std::vector<io::byte_range> structures;
    auto const local =
        test::index_local(file.content(), test::export_as_if_elsewhere(), &structures);
    REQUIRE(local.has_value());
    bool const is_same = remote->document == *local;
    CHECK(is_same);
    CHECK(remote->round_trips <= test::longest_pointer_chain(file.content(), structures));
    CHECK(remote->round_trips <= 2);
    CHECK(remote->requests <= 2);
    CHECK(remote->bytes <= file.content().size());
}
