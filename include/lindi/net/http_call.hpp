/// \file
/// One request that is answered as a whole: a page of an API, a manifest, an object to store.

#pragma once

#include <lindi/core/error.hpp>
#include <lindi/net/s3.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace lindi::net {

struct http_call {
    std::string url{};              ///< http, https or s3; s3 is signed when there are keys
    std::string query{};            ///< more parameters than `url` has, escaped; of s3 URLs too
    std::string method = "GET";     ///< or HEAD, PUT, POST, DELETE
    headers fields{};               ///< besides Host, Authorization and the like; lower case
    std::string body{};             ///< of PUT and POST
    std::uint64_t most = 64 << 20;  ///< bytes of the answer's body
};

/// An answer with a status of 2xx.
struct http_answer {
    unsigned status = 0;
    std::string content_type{};
    std::string content_encoding{};
    std::string etag{};
    std::optional<std::uint64_t> content_length{};
    std::string body{};
};

}  // namespace lindi::net
