#include "standard_streams.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string>

#include <fcntl.h>
#include <unistd.h>

using lindi::tools::descriptor_stream;

TEST_CASE("standard streams: what is written arrives, also across buffers")
{
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    std::string const text(1000, 'x');
    {
        descriptor_stream out(ends[1]);
        for (int i = 0; i < 60; ++i)
            out << text;
        CHECK(out.failure() == 0);
    }
    ::close(ends[1]);
    std::size_t arrived = 0;
    std::array<char, 4096> some{};
    for (auto got = ::read(ends[0], some.data(), some.size()); got > 0;
         got = ::read(ends[0], some.data(), some.size()))
        arrived += static_cast<std::size_t>(got);
    ::close(ends[0]);
    CHECK(arrived == 60'000);
}

TEST_CASE("standard streams: a reader that went away makes the stream bad and is remembered")
{
    auto* const before = std::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    ::close(ends[0]);
    descriptor_stream out(ends[1]);
    out << "text" << std::flush;
    CHECK_FALSE(out);
    CHECK(out.failure() == EPIPE);
    ::close(ends[1]);
    std::signal(SIGPIPE, before);
}

TEST_CASE("standard streams: a full disk is remembered")
{
    int const full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    REQUIRE(full >= 0);
    descriptor_stream out(full);
    out << "text" << std::flush;
    CHECK(out.failure() == ENOSPC);
    ::close(full);
}
