/// \file
/// The objects of a bucket below a prefix, one request at a time.

#pragma once

#include <lindi/bulk/output.hpp>
#include <lindi/net/client_thread.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace lindi::bulk {

/// Safe for all threads.
class bucket {
public:
    /// \param base  "s3://bucket/prefix" or "s3://bucket"
    bucket(std::shared_ptr<net::client_thread> through, std::string base);

    std::string url(std::string const& key) const { return base_ + key; }
    net::http_call call(std::string const& key, char const* method, std::string query = {}) const;
    result<net::http_answer> send(net::http_call asked) const;

    /// Puts a whole object where it is as it was seen.
    /// \return errc of `condition_failure`, if it is not
    result<void>
    put(std::string const& key, net::headers fields, std::string body, seen_output const& over
    ) const;
    /// The same in parts, for files that are larger than one request should be.
    result<void> put_parts(
        std::string const& key,
        net::headers fields,
        std::string const& path,
        seen_output const& over
    ) const;

    /// Whether an object is what somebody wanted to put there.
    bool has(std::string const& key, std::string_view content) const;
    bool has_file(std::string const& key, std::string const& path) const;

private:
    std::shared_ptr<net::client_thread> through_;
    std::string base_;
};

/// S3 takes parts of 5 MiB and more.
inline constexpr std::uint64_t bucket_part_size = std::uint64_t{8} << 20;

}  // namespace lindi::bulk
