/// \file
/// Runs tasks that read.

#pragma once

#include <lindi/io/reader.hpp>

namespace lindi::test {

/// A source with what walks need besides.
class run_on {
public:
    explicit run_on(io::source& from, limits const& max = {}) : budget_(max), reader_(from, budget_)
    {}

    io::reader& reader() noexcept { return reader_; }
    io::read_stats stats() const noexcept { return reader_.stats(); }
    template <class T>
    T run(task<T> work)
    {
        return reader_.run(std::move(work));
    }

private:
    budget budget_;
    io::reader reader_;
};

}  // namespace lindi::test
