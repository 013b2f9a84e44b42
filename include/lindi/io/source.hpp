/// \file
/// Where the bytes of one file come from: memory, a local file, a cache of pages, later HTTP.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>
#include <lindi/io/byte_range.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lindi::io {

/// What a source did for its reader.
struct source_stats {
    std::uint64_t requests = 0;       ///< system calls or HTTP requests
    std::uint64_t bytes_fetched = 0;  ///< bytes they brought
};

/// What reading costs besides the bytes that are wanted.
struct read_cost {
    /// Bytes that take as long as one more request of the same wave: smaller gaps are worth reading
    /// too.
    std::uint64_t request = 64 * 1024;
    /// Bytes that come in the time that a wave waits for its first one; 0: there is no such wait.
    std::uint64_t round_trip = 0;
};

/// One answer for each range asked for, in order. A range may fail alone.
using answers = std::vector<result<block>>;
using on_answers = std::function<void(answers)>;

/// Turns every answer that is not exactly the bytes of its range into errc::io, so that nobody
/// above has to think of sources that answer short.
void check_answers(std::vector<byte_range> const& wave, answers& got);

class source {
public:
    virtual ~source() = default;

    /// Path or URL, for messages.
    virtual std::string const& name() const noexcept = 0;
    /// Size of the file in bytes.
    virtual std::uint64_t size() const noexcept = 0;
    /// Bytes that there really are, where what lies between them is nothing: what work on the file
    /// is measured by.
    virtual std::uint64_t stored_size() const noexcept { return size(); }
    /// Where the bytes that start at `offset` end: at the end of the file, or at the next gap of
    /// its addresses; `offset` or less when there are none.
    virtual std::uint64_t end_of(std::uint64_t offset) const noexcept
    {
        (void)offset;
        return size();
    }

    /// The bytes, if they are here already. \pre the range lies inside the file
    virtual std::optional<block> resident(byte_range range) = 0;

    /// Starts reading a wave of ranges, which the source may merge and split as it likes.
    /// `done` is called once, on the caller's thread: here, or in a later call of `wait`.
    /// \pre every range lies inside the file, and in none of its gaps
    virtual void fetch(std::vector<byte_range> wave, on_answers done) = 0;

    /// Blocks until something that `fetch` started is done. Sources that answer inside `fetch` need
    /// none.
    virtual void wait() {}

    /// Whether bytes that were fetched are resident for a while: then it may be worth fetching some
    /// before anybody asks.
    virtual bool remembers() const noexcept { return false; }

    virtual source_stats stats() const noexcept = 0;

    /// As far as it is known now; sources in front of this one plan with it.
    virtual read_cost cost() const noexcept { return {}; }
};

}  // namespace lindi::io
