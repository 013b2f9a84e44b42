#include "resource.hpp"

#include <lindi/net/presigned.hpp>

namespace lindi::net {
namespace {

/// A target without a signature that tells is asked for again after ten minutes.
constexpr std::int64_t usual_life = 600;
/// Requests that start shortly before the end must not meet it.
constexpr std::int64_t safety = 30;

void remember_target(resource& of, url const& to, std::int64_t now)
{
    of.redirects = true;
    of.target = to;
    auto const expiry = expiry_of(to);
    of.target_expires = expiry ? *expiry - safety : now + usual_life;
}

/// While it lives, other requests wait for the target that this one finds.
class renewal {
public:
    renewal(resource& of, bool is_needed) : of_(is_needed ? &of : nullptr)
    {
        if (of_)
            of_->renewing = true;
    }
    renewal(renewal const&) = delete;
    renewal& operator=(renewal const&) = delete;
    ~renewal() { finish(); }
    void finish()
    {
        if (!of_)
            return;
        of_->renewing = false;
        of_->renewed.wake_all();
        of_ = nullptr;
    }

private:
    resource* of_;
};

bool may_be_private(private_hosts rule, resource const& from, bool is_origin)
{
    if (rule != private_hosts::if_first_is)
        return rule == private_hosts::always;
    return is_origin || from.origin_is_private;
}

/// What S3, its imitators and CDNs answer when a signature has expired.
bool says_expired(unsigned status)
{
    return status == 400 || status == 401 || status == 403 || status == 404 || status == 410;
}

/// One attempt: from the origin or the known target through all redirects to the bytes.
class attempt {
public:
    attempt(
        client::state& client, resource& from, io::byte_range range, accept_answer const& accept
    )
        : client_(&client), from_(&from), range_(range), accept_(&accept)
    {}

    awaitable<std::optional<failure>> run();

private:
    exchange_request request_for(url const& to, bool is_origin) const;
    awaitable<exchange_result> ask(url const& to, bool is_origin, bool followed, renewal& first);
    std::optional<failure> judge(exchange_result done, url const& to, bool from_origin);

    client::state* client_;
    resource* from_;
    io::byte_range range_;
    accept_answer const* accept_;
};

exchange_request attempt::request_for(url const& to, bool is_origin) const
{
    exchange_request out;
    out.to = to;
    auto const range = write_range(range_);
    out.range = range_;
    out.fields.emplace_back("Range", range);
    out.may_be_private = may_be_private(client_->options.private_servers, *from_, is_origin);
    if (is_origin && from_->is_signed) {
        for (auto& field : sign_get(client_->options.s3, to, range, client_->now()))
            out.fields.push_back(std::move(field));
    } else if (auto secret = authorization_for(client_->options.credentials, to); !secret.empty()) {
        out.fields.emplace_back("Authorization", std::move(secret));
    }
    return out;
}

awaitable<exchange_result>
attempt::ask(url const& to, bool is_origin, bool followed, renewal& first)
{
    accept_answer const accept = [&](answer_head const& head) {
        auto where = (*accept_)(head);
        if (where && followed)
            remember_target(*from_, to, client_->now());
        if (where)
            first.finish();
        return where;
    };
    auto done = co_await run_exchange(*client_, request_for(to, is_origin), accept);
    if (is_origin && !done.failed)
        from_->origin_is_private = done.was_private;
    co_return done;
}

std::optional<failure> attempt::judge(exchange_result done, url const& to, bool from_origin)
{
    if (done.failed && !from_origin && says_expired(done.failed->status)) {
        done.failed->stale = true;
        if (from_->target == to)
            from_->target.reset();
    }
    return std::move(done.failed);
}

awaitable<std::optional<failure>> attempt::run()
{
    while (from_->renewing && !from_->has_target(client_->now()))
        co_await from_->renewed.wait(client_->context());
    if (client_->is_stopping())
        co_return stopped();
    bool const from_origin = !from_->has_target(client_->now());
    renewal first(*from_, from_origin && from_->redirects);
    auto to = from_origin ? from_->origin : *from_->target;
    for (unsigned followed = 0;; ++followed) {
        bool const is_origin = from_origin && followed == 0;
        auto done = co_await ask(to, is_origin, followed != 0, first);
        if (!done.redirected)
            co_return judge(std::move(done), to, from_origin);
        ++client_->stats.redirects;
        auto next = follow_redirect(client_->options.redirects, to, done.location, followed);
        if (!next)
            co_return permanent(next.error());
        to = std::move(*next);
    }
}

/// Retries count; renewals of a target and connections that were closed in the pool do not, up to a
/// point.
struct patience {
    unsigned attempts = 0;
    unsigned renewals = 0;
    unsigned closed_connections = 0;

    bool allows_at_once(failure const& failed)
    {
        constexpr unsigned most_renewals = 3;
        constexpr unsigned most_closed = 64;
        if (failed.at_once)
            return ++closed_connections <= most_closed;
        return failed.stale && ++renewals <= most_renewals;
    }
};

/// With the byte where the read began, and what was tried.
error describe(error const& why, io::byte_range range, unsigned attempts)
{
    auto detail = std::string(why.detail());
    if (attempts > 1)
        detail.append(", after ").append(std::to_string(attempts)).append(" attempts");
    // What `structure` returns is a literal.
    return {why.code(), range.offset, why.structure().data(), std::move(detail)};
}

}  // namespace

awaitable<std::optional<error>>
get_range(client::state& client, resource& from, io::byte_range range, accept_answer accept)
{
    patience so_far;
    for (;;) {
        if (from.requests_left == 0)
            co_return error(errc::too_large, range.offset, "file", "limit on requests");
        --from.requests_left;
        attempt one(client, from, range, accept);
        auto failed = co_await one.run();
        if (!failed)
            co_return std::nullopt;
        if (client.is_stopping())
            co_return describe(stopped().why, range, 0);
        if (so_far.allows_at_once(*failed)) {
            client.stats.renewals += failed->stale ? 1 : 0;
            continue;
        }
        ++so_far.attempts;
        auto const delay =
            failed->transient
                ? next_attempt(
                      client.options.retry, so_far.attempts, failed->retry_after, client.random()
                  )
                : std::nullopt;
        if (!delay)
            co_return describe(failed->why, range, so_far.attempts);
        ++client.stats.retries;
        co_await client.sleep(*delay);
    }
}

}  // namespace lindi::net
