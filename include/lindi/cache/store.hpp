/// \file
/// A database of byte ranges of remote files, on disk, for many processes and threads at once.
///
/// LMDB holds it: killing a process at any moment leaves the last committed state. Every value
/// carries a checksum over its key and its bytes, and one that does not match counts as missing. A
/// cache that fails for any reason costs requests and never gives wrong bytes.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>
#include <lindi/io/byte_range.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lindi::cache {

/// Which content: text that no other content has, such as "etag \"abc\" 1234 https://...".
struct content_key {
    std::string text{};
};

struct store_options {
    std::uint64_t limit = std::uint64_t{10}
                          << 30;  ///< bytes of cached ranges; then whole files are evicted
    std::function<void(std::string const&)>
        warn{};  ///< told when a database was set aside, and the like
};

struct store_totals {
    std::uint64_t files = 0;
    std::uint64_t ranges = 0;
    std::uint64_t bytes = 0;  ///< of ranges, as they are stored: some are compressed
};

/// A content that ranges are kept of.
struct kept_file {
    content_key content{};
    std::uint64_t bytes = 0;     ///< as they are stored
    std::uint64_t last_use = 0;  ///< microseconds since 1970
};

/// What `verify` found.
struct store_check {
    std::uint64_t files = 0;
    std::uint64_t ranges = 0;   ///< sound ones
    std::uint64_t bytes = 0;    ///< of these
    std::uint64_t damaged = 0;  ///< files and ranges that were removed
};

/// Safe for all threads of a process. Open a folder once per process and share the store: LMDB's
/// locks are lost when a database is opened twice.
class store {
public:
    /// Makes the folder when it is missing. A database that is damaged, foreign or of another
    /// format is renamed to "data.mdb.aside-N" and an empty one takes its place. Warns of network
    /// file systems.
    /// \return errc::io, or the system's code, when the folder cannot be used at all
    static result<std::shared_ptr<store>> open(std::string folder, store_options options);

    ~store();
    store(store const&) = delete;
    store& operator=(store const&) = delete;

    /// The bytes, when cached ranges cover all of the range.
    std::optional<block> find(content_key const& content, io::byte_range range) const;

    /// Keeps a range. Files that were used least recently go when there is no room; whatever fails
    /// is not kept.
    void keep(content_key const& content, block const& range);
    /// The same of several, all or none: they cost one write to the disk.
    void keep(content_key const& content, std::span<block const> ranges);

    /// Notes that a content is used now, for the order of eviction.
    void touch(content_key const& content);

    /// What is known about a URL, in a form that only the caller reads: for answers without any
    /// request.
    std::optional<std::string> find_note(std::string const& url) const;
    void keep_note(std::string const& url, std::string const& note);

    store_totals totals() const;

    // For people who look after it. Errors are errc::io.

    /// Everything that is kept, the latest use first.
    std::vector<kept_file> files() const;
    /// \return whether there was something
    result<bool> remove(content_key const& content);
    void remove_note(std::string const& url);
    result<void> remove_all();
    /// Removes what was used least recently until at most `limit` bytes are left. \return bytes
    /// that went
    result<std::uint64_t> prune(std::uint64_t limit);
    /// Looks at every value, removes damaged ones and counts anew.
    result<store_check> verify();

private:
    class state;
    explicit store(std::unique_ptr<state> made);

    std::unique_ptr<state> state_;
};

}  // namespace lindi::cache
