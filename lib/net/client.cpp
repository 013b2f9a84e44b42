#include "client_state.hpp"

namespace lindi::net {

result<client_options> options_from(environment const& env)
{
    client_options out;
    auto proxies = proxies_from(env);
    if (!proxies)
        return proxies.error();
    out.proxies = std::move(*proxies);
    out.credentials = dandi_credentials(env);
    out.s3 = s3_settings_from(env);
    return out;
}

result<std::shared_ptr<client>> client::create(client_options options)
{
    auto made = std::make_unique<state>(std::move(options));
    if (auto const loaded = made->load_authorities(); !loaded)
        return loaded.error();
    return std::shared_ptr<client>(new client(std::move(made)));
}

client::client(std::unique_ptr<state> made) : state_(std::move(made)) {}

client::~client() = default;

void client::stop() noexcept
{
    state_->stop();
}

client_stats client::stats() const noexcept
{
    return state_->stats;
}

void client::observe(request_observer observer)
{
    state_->observer = std::move(observer);
}

client_options const& client::options() const noexcept
{
    return state_->options;
}

}  // namespace lindi::net
