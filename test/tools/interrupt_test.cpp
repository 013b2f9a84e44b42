#include "interrupt.hpp"

#include <lindi/io/memory_source.hpp>

#include <doctest/doctest.h>

#include <csignal>

using namespace lindi;

namespace {

task<result<block>> read_one(io::reader& from)
{
    co_return co_await from.read({0, 1});
}

}  // namespace

TEST_CASE("interrupt: a signal cancels the reads instead of ending the program")
{
    io::memory_source source("a", bytes(4));
    budget money{limits{}};
    io::reader reader(source, money);
    tools::interrupt_guard const guard(reader);
    CHECK(guard.received() == 0);
    CHECK(reader.run(read_one(reader)).has_value());
    std::raise(SIGTERM);
    CHECK(guard.received() == SIGTERM);
    auto const read = reader.run(read_one(reader));
    REQUIRE(read.has_error());
    CHECK(read.error().code() == lindi::errc::cancelled);
}

TEST_CASE("interrupt: afterwards signals mean what they meant before")
{
    io::memory_source source("a", bytes(4));
    budget money{limits{}};
    io::reader reader(source, money);
    auto* const before = std::signal(SIGINT, SIG_IGN);
    {
        tools::interrupt_guard const guard(reader);
        std::raise(SIGINT);
    }
    bool const restored = std::signal(SIGINT, before) == SIG_IGN;
    CHECK(restored);
    CHECK(reader.run(read_one(reader)).has_error());
}
