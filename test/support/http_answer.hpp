/// \file
/// What the HTTP server of tests answers: the right thing, or what it was told to get wrong.

#pragma once

#include "http_server.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace lindi::test {

/// An answer as text before it goes out.
struct answer {
    unsigned status = 206;
    std::string fields{};
    std::string body{};
    std::optional<std::uint64_t> length{};  ///< Content-Length; nothing: chunked
    std::size_t send = std::string::npos;   ///< bytes of the body that really go out
    bool stall = false;                     ///< then stay silent instead of closing

    void add(std::string const& name, std::string const& value)
    {
        fields.append(name).append(": ").append(value).append("\r\n");
    }
};

std::span<std::byte const> content_of(server_options const& options);

/// With a part of the file that is served, or how the behaviour has it.
answer make_answer(server_options const& options, seen_request const& seen, behaviour const& how);

}  // namespace lindi::test
