#include "exchange.hpp"

#include "body_meter.hpp"
#include "exchange_head.hpp"

#include <lindi/net/public_text.hpp>

#include <boost/beast/http/error.hpp>

namespace lindi::net {
namespace {

constexpr std::uint32_t largest_head = 64 * 1024;
/// What an error answer may have as its body before the connection is given up instead of read on.
constexpr std::size_t largest_message = 4 * 1024;

/// The parts of one exchange over one connection.
class exchange {
public:
    exchange(client::state& client, exchange_request const& request, lease& used)
        : client_(&client), request_(&request), used_(&used)
    {}

    awaitable<exchange_result> run(accept_answer const& accept);

private:
    awaitable<error_code> read_final_head();
    awaitable<std::string> read_message();
    awaitable<std::optional<failure>> read_body(std::span<std::byte> where);
    awaitable<std::optional<failure>> take_body(accept_answer const& accept);
    awaitable<std::optional<failure>> take_whole(whole_answer& into);
    awaitable<exchange_result> take_answer(accept_answer const& accept);
    failure not_answered(error_code const& code) const;
    failure broken_off(error_code const& code) const;
    void adapt_window(unsigned status, steady_time head_at);
    void keep_connection();

    client::state* client_;
    exchange_request const* request_;
    lease* used_;
    std::optional<http_parser> parser_;
    std::uint64_t received_ = 0;  ///< of a body that was kept
};

/// A kept connection that the server closed meanwhile fails before the first byte of an answer.
failure exchange::not_answered(error_code const& code) const
{
    if (client_->is_stopping())
        return stopped();
    auto out = transport_failure(code, "asking " + request_->to.authority());
    out.at_once = out.transient && (*used_)->answered != 0 && code != beast::error::timeout;
    return out;
}

failure exchange::broken_off(error_code const& code) const
{
    return client_->is_stopping()
               ? stopped()
               : transport_failure(code, "reading from " + request_->to.authority());
}

/// Skips 1xx answers.
awaitable<error_code> exchange::read_final_head()
{
    constexpr int most_interim_answers = 8;
    for (int i = 0; i < most_interim_answers; ++i) {
        parser_.emplace();
        parser_->header_limit(largest_head);
        parser_->body_limit(boost::none);
        parser_->skip(request_->method == http::verb::head);
        auto const failed = co_await (*used_)->read_head(*parser_);
        if (failed || parser_->get().result_int() / 100 != 1)
            co_return failed;
    }
    co_return http::error::bad_status;
}

void exchange::keep_connection()
{
    if (!parser_->is_done() || !parser_->keep_alive())
        return;
    ++(*used_)->answered;
    used_->give_back();
}

/// More requests at a time help as long as an answer is mostly waiting: not where its body takes
/// longer than the way there and back.
void exchange::adapt_window(unsigned status, steady_time head_at)
{
    constexpr unsigned too_many_requests = 429;
    constexpr unsigned service_unavailable = 503;
    auto& pool = client_->pool_of(request_->to);
    std::chrono::duration<double> const body_time = std::chrono::steady_clock::now() - head_at;
    if (status == too_many_requests || status == service_unavailable) {
        ++client_->stats.throttled;
        pool.window.overloaded((*used_)->request_number);
    } else if (body_time.count() < pool.estimate.round_trip) {
        pool.window.answered(pool.waiting.size() != 0);
    }
}

/// The first bytes of an error answer; also gets the connection ready for another request where
/// that is cheap.
awaitable<std::string> exchange::read_message()
{
    std::string text(largest_message, '\0');
    std::size_t have = 0;
    while (!parser_->is_done() && have < text.size()) {
        auto& body = parser_->get().body();
        body.data = text.data() + have;
        body.size = text.size() - have;
        (*used_)->allow(client_->options.timeouts.idle);
        auto const failed = co_await (*used_)->read_some(*parser_);
        have = text.size() - body.size;
        if (failed && failed != http::error::need_buffer)
            break;
    }
    text.resize(have);
    co_return text;
}

awaitable<std::optional<failure>> exchange::read_body(std::span<std::byte> where)
{
    body_meter meter(client_->pool_of(request_->to));
    std::byte surplus{};
    std::size_t have = 0;
    while (!parser_->is_done()) {
        auto& body = parser_->get().body();
        bool const full = have == where.size();
        auto const room = full ? std::span<std::byte>(&surplus, 1) : where.subspan(have);
        body.data = room.data();
        body.size = room.size();
        (*used_)->allow(client_->options.timeouts.idle);
        auto const failed = co_await (*used_)->read_some(*parser_);
        auto const got = room.size() - body.size;
        if (full && got != 0)
            co_return permanent(
                error(errc::io, error::nowhere, "HTTP answer", "the body is longer than announced")
            );
        have += got;
        meter.add(got);
        if (failed && failed != http::error::need_buffer)
            co_return broken_off(failed);
    }
    if (have != where.size()) {
        failure cut_short;
        cut_short.why =
            error(errc::io, error::nowhere, "HTTP answer", "the body is shorter than announced");
        cut_short.transient = true;
        co_return cut_short;
    }
    client_->stats.bytes += have;
    received_ = have;
    co_return std::nullopt;
}

awaitable<std::optional<failure>> exchange::take_body(accept_answer const& accept)
{
    auto const where = accept(head_of(*parser_));
    if (!where)
        co_return permanent(where.error());
    // An answer 416 to an empty file has an error message as its body.
    if (parser_->get().result_int() == 416) {
        co_await read_message();
        co_return std::nullopt;
    }
    co_return co_await read_body(*where);
}

awaitable<std::optional<failure>> exchange::take_whole(whole_answer& into)
{
    constexpr std::size_t step = 64 * 1024;
    into.head = head_of(*parser_);
    into.body.clear();
    std::size_t have = 0;
    while (!parser_->is_done()) {
        if (have > into.most)
            co_return permanent(error(
                errc::too_large,
                error::nowhere,
                "HTTP answer",
                "more than " + std::to_string(into.most) + " bytes"
            ));
        into.body.resize(have + step);
        auto& body = parser_->get().body();
        body.data = into.body.data() + have;
        body.size = step;
        (*used_)->allow(client_->options.timeouts.idle);
        auto const failed = co_await (*used_)->read_some(*parser_);
        have += step - body.size;
        if (failed && failed != http::error::need_buffer)
            co_return broken_off(failed);
    }
    into.body.resize(have);
    client_->stats.bytes += have;
    received_ = have;
    co_return std::nullopt;
}

awaitable<exchange_result> exchange::take_answer(accept_answer const& accept)
{
    exchange_result out;
    out.was_private = (*used_)->is_private();
    auto const status = parser_->get().result_int();
    out.status = status;
    auto const head_at = std::chrono::steady_clock::now();
    if (is_redirect(status)) {
        out.redirected = true;
        out.location = std::string(parser_->get()[http::field::location]);
        co_await read_message();
    } else if (request_->whole != nullptr && status / 100 == 2) {
        out.failed = co_await take_whole(*request_->whole);
    } else if (request_->whole == nullptr && (status == 200 || status == 206 || status == 416)) {
        out.failed = co_await take_body(accept);
    } else {
        auto const reason = std::string(parser_->get().reason());
        auto const retry_after = std::string(parser_->get()[http::field::retry_after]);
        auto const message = co_await read_message();
        out.failed = status_failure(status, reason, message);
        out.failed->retry_after = parse_retry_after(retry_after, client_->now());
    }
    adapt_window(status, head_at);
    keep_connection();
    co_return out;
}

awaitable<exchange_result> exchange::run(accept_answer const& accept)
{
    exchange_result out;
    auto& connection = **used_;
    auto const sent_at = std::chrono::steady_clock::now();
    out.sent = sent_at;
    auto const proxy =
        request_->to.tls ? std::nullopt : proxy_for(client_->options.proxies, request_->to);
    auto message = to_message(*request_, proxy);
    ++client_->stats.requests;
    auto const& times = client_->options.timeouts;
    connection.allow(request_->body.empty() ? times.idle : times.request);
    auto failed = co_await connection.write(message);
    if (!failed) {
        connection.allow(times.first_byte);
        failed = co_await read_final_head();
    }
    if (failed) {
        out.failed = not_answered(failed);
        co_return out;
    }
    auto const answered_at = std::chrono::steady_clock::now();
    std::chrono::duration<double> const took = answered_at - sent_at;
    if (parser_->get().result_int() == 206)
        observe_round_trip(client_->pool_of(request_->to).estimate, took.count());
    out = co_await take_answer(accept);
    out.sent = sent_at;
    out.answered = answered_at;
    out.bytes = received_;
    co_return out;
}

request_seen
seen_as(exchange_request const& request, exchange_result const& done, steady_time wanted)
{
    request_seen out;
    out.url = public_text(request.to);
    out.range = request.range;
    out.ended = std::chrono::steady_clock::now();
    out.wanted = wanted;
    out.sent = done.sent == steady_time{} ? out.ended : done.sent;
    out.answered = done.answered == steady_time{} ? out.ended : done.answered;
    out.status = done.status;
    out.bytes = done.bytes;
    if (done.failed)
        out.failed = done.failed->why.message();
    return out;
}

/// What run_exchange is, without anybody who watches.
awaitable<exchange_result>
run_unseen(client::state& client, exchange_request const& request, accept_answer const& accept)
{
    auto const deadline = std::chrono::steady_clock::now() + client.options.timeouts.request;
    auto connected = co_await client.connect(request.to, request.may_be_private, deadline);
    if (auto* const failed = std::get_if<failure>(&connected)) {
        exchange_result out;
        out.failed = std::move(*failed);
        co_return out;
    }
    lease used(client, request.to, std::move(std::get<std::unique_ptr<connection>>(connected)));
    exchange one(client, request, used);
    co_return co_await one.run(accept);
}

}  // namespace

awaitable<exchange_result>
run_exchange(client::state& client, exchange_request request, accept_answer const& accept)
{
    auto const wanted = std::chrono::steady_clock::now();
    auto done = co_await run_unseen(client, request, accept);
    if (client.observer)
        client.observer(seen_as(request, done, wanted));
    co_return done;
}

}  // namespace lindi::net
