#include "run_call.hpp"

#include "exchange.hpp"
#include "origin.hpp"

#include <lindi/net/public_text.hpp>

namespace lindi::net {
namespace {

/// One attempt: from the origin through all redirects to the answer.
class call_attempt {
public:
    call_attempt(client::state& client, http_call const& call, file_origin const& origin)
        : client_(&client), call_(&call), origin_(&origin)
    {}

    awaitable<std::optional<failure>> run(whole_answer& into);

private:
    exchange_request request_for(url const& to, bool is_origin) const;

    client::state* client_;
    http_call const* call_;
    file_origin const* origin_;
    bool origin_is_private_ = false;
};

exchange_request call_attempt::request_for(url const& to, bool is_origin) const
{
    auto const rule = client_->options.private_servers;
    exchange_request out;
    out.to = to;
    out.method = http::string_to_verb(call_->method);
    out.body = call_->body;
    out.fields = call_->fields;
    out.may_be_private = rule == private_hosts::if_first_is ? is_origin || origin_is_private_
                                                            : rule == private_hosts::always;
    if (is_origin && origin_->is_signed) {
        request_to_sign const asked{call_->method, to, call_->fields, call_->body};
        for (auto& field : sign_request(client_->options.s3, asked, client_->now()))
            out.fields.push_back(std::move(field));
    } else if (auto secret = authorization_for(client_->options.credentials, to); !secret.empty()) {
        out.fields.emplace_back("Authorization", std::move(secret));
    }
    return out;
}

awaitable<std::optional<failure>> call_attempt::run(whole_answer& into)
{
    auto to = origin_->at;
    for (unsigned followed = 0;; ++followed) {
        if (client_->is_stopping())
            co_return stopped();
        auto request = request_for(to, followed == 0);
        request.whole = &into;
        accept_answer const nothing;
        auto done = co_await run_exchange(*client_, std::move(request), nothing);
        if (followed == 0)
            origin_is_private_ = done.was_private;
        if (!done.redirected)
            co_return std::move(done.failed);
        ++client_->stats.redirects;
        auto next = follow_redirect(client_->options.redirects, to, done.location, followed);
        if (!next)
            co_return permanent(next.error());
        to = std::move(*next);
    }
}

http_answer answer_of(whole_answer&& whole)
{
    http_answer out;
    out.status = whole.head.status;
    out.content_type = std::move(whole.head.content_type);
    out.content_encoding = std::move(whole.head.content_encoding);
    out.etag = std::move(whole.head.identity.etag);
    out.content_length = whole.head.content_length;
    out.body = std::move(whole.body);
    return out;
}

}  // namespace

awaitable<result<http_answer>> run_call(client::state& client, http_call call)
{
    constexpr unsigned most_closed = 64;
    auto const name = public_name(call.url);
    auto origin = origin_of(client.options, call.url);
    if (!origin)
        co_return origin.error().within(name);
    if (auto& target = origin->at.target; !call.query.empty())
        target.append(target.find('?') == std::string::npos ? "?" : "&").append(call.query);
    unsigned attempts = 0;
    for (unsigned closed = 0;;) {
        call_attempt one(client, call, *origin);
        whole_answer whole;
        whole.most = call.most;
        auto const failed = co_await one.run(whole);
        if (!failed)
            co_return answer_of(std::move(whole));
        if (client.is_stopping())
            co_return stopped().why.within(name);
        if (failed->at_once && ++closed <= most_closed)
            continue;
        ++attempts;
        std::optional<milliseconds> delay;
        if (failed->transient)
            delay =
                next_attempt(client.options.retry, attempts, failed->retry_after, client.random());
        if (!delay)
            co_return failed->why.within(name);
        ++client.stats.retries;
        co_await client.sleep(*delay);
    }
}

}  // namespace lindi::net
