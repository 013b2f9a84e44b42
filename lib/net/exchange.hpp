/// \file
/// One request and its answer.

#pragma once

#include "client_state.hpp"

#include <lindi/net/identity.hpp>
#include <lindi/net/range_header.hpp>

#include <functional>
#include <span>

namespace lindi::net {

/// What of an answer's head somebody looks at. A field that occurs twice counts once, the first.
struct answer_head {
    unsigned status = 0;
    std::string content_range{};
    std::string content_encoding{};
    std::string content_type{};
    std::optional<std::uint64_t> content_length{};
    net::identity identity{};  ///< without the size

    range_claim claim() const;
};

/// Says where the body goes, which must have exactly that many bytes; or why it is not wanted.
/// Called for 200, 206 and 416. The bytes live until the attempt ends.
using accept_answer = std::function<result<std::span<std::byte>>(answer_head const&)>;

/// The body of an answer that is no range: as long as it is.
struct whole_answer {
    std::uint64_t most = 0;  ///< bytes; more is errc::too_large
    std::string body{};
    answer_head head{};
};

struct exchange_request {
    url to;
    headers fields;  ///< besides Host, User-Agent and the like
    io::byte_range range{};
    bool may_be_private = false;
    http::verb method = http::verb::get;
    std::string_view body{};        ///< outlives the exchange
    whole_answer* whole = nullptr;  ///< takes answers 2xx, instead of an `accept_answer`
};

struct exchange_result {
    std::optional<failure> failed{};
    std::string location{};  ///< of a redirect; empty otherwise
    bool redirected = false;
    bool was_private = false;
    unsigned status = 0;      ///< of the answer; 0 when there was none
    std::uint64_t bytes = 0;  ///< of a body that was kept
    steady_time sent{};       ///< when there was a connection
    steady_time answered{};   ///< when the head of the answer was here
};

/// One attempt: no redirects, no retries.
awaitable<exchange_result>
run_exchange(client::state& client, exchange_request request, accept_answer const& accept);

}  // namespace lindi::net
