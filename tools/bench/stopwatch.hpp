/// \file
/// What a program of tools/bench says about itself: one line of JSON.

#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>

#include <sys/resource.h>

namespace lindi::bench {

/// Seconds since it was made, and the peak of memory by then. Facts are computed after `stop`.
class stopwatch {
public:
    void stop()
    {
        seconds_ = std::chrono::duration<double>(clock::now() - begin_).count();
        rusage used{};
        ::getrusage(RUSAGE_SELF, &used);
        memory_ = static_cast<std::uint64_t>(used.ru_maxrss) * 1024;
    }

    /// \param facts  members of an object, as JSON
    void print(std::string const& facts) const
    {
        std::printf(
            "{\"seconds\": %.6f, \"memory\": %llu, \"facts\": {%s}}\n",
            seconds_,
            static_cast<unsigned long long>(memory_),
            facts.c_str()
        );
    }

private:
    using clock = std::chrono::steady_clock;
    clock::time_point begin_ = clock::now();
    double seconds_ = 0;
    std::uint64_t memory_ = 0;
};

/// The end of a program that could not do it.
inline int failed(std::string const& why)
{
    std::fprintf(stderr, "%s\n", why.c_str());
    return 1;
}

}  // namespace lindi::bench
