#include "client_thread_state.hpp"
#include "run_call.hpp"
#include "shared_source.hpp"

#include <lindi/net/public_text.hpp>

namespace lindi::net {
namespace {

using answered = promised<result<http_answer>>;

awaitable<void>
answer_call(std::shared_ptr<client> through, http_call asked, std::shared_ptr<answered> into)
{
    auto got = co_await run_call(through->inside(), std::move(asked));
    into->keep(std::move(got));
}

}  // namespace

result<std::shared_ptr<client_thread>> client_thread::start(client_options options)
{
    auto made = client::create(std::move(options));
    if (!made)
        return made.error();
    return std::shared_ptr<client_thread>(new client_thread(std::make_unique<state>(std::move(*made)
    )));
}

client_thread::client_thread(std::unique_ptr<state> made) : state_(std::move(made)) {}

client_thread::~client_thread() = default;

result<shared_file> client_thread::open(
    std::string const& url, http_options options, reference_url reference, time_point until
)
{
    struct opened_file {
        std::unique_ptr<http_source> source;
        net::identity identity;
        std::string reference;
    };
    auto const done = std::make_shared<promised<result<opened_file>>>();
    auto const on_opened = [done, reference](result<std::unique_ptr<http_source>> opened) {
        if (!opened)
            return done->keep(opened.error());
        opened_file out{std::move(*opened), {}, {}};
        out.identity = out.source->identity();
        out.reference = out.source->reference(reference);
        done->keep(std::move(out));
    };
    state_->post([client = state_->client_of(), url, options, on_opened] {
        http_source::open_then(client, url, options, on_opened);
    });
    auto got = done->wait(until);
    if (!got) {
        auto const late = std::make_error_code(std::errc::timed_out);
        return error(late, error::nowhere, "file", "limit on time").within(public_name(url));
    }
    if (!*got)
        return got->error();
    shared_file out;
    out.identity = std::move((*got)->identity);
    out.reference = std::move((*got)->reference);
    out.source = std::make_unique<shared_source>(
        shared_from_this(), *state_, std::move((*got)->source), until
    );
    return out;
}

result<http_answer> client_thread::call(http_call request)
{
    auto const done = std::make_shared<answered>();
    state_->post([client = state_->client_of(), asked = std::move(request), done]() mutable {
        client->inside().start(answer_call(client, std::move(asked), done));
    });
    return *done->wait(steady_time::max());
}

client_stats client_thread::stats()
{
    auto const done = std::make_shared<promised<client_stats>>();
    state_->post([client = state_->client_of(), done] { done->keep(client->stats()); });
    return *done->wait(steady_time::max());
}

client_options const& client_thread::options() const noexcept
{
    return state_->client_of()->options();
}

void client_thread::stop() noexcept
{
    state_->client_of()->stop();
}

}  // namespace lindi::net
