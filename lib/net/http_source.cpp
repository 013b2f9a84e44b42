#include "http_source_state.hpp"
#include "origin.hpp"
#include "wave.hpp"

#include <lindi/net/public_text.hpp>

namespace lindi::net {

using io::byte_range;

namespace {

/// What the first answer brings.
struct first_answer {
    net::identity identity{};
    block bytes{};
};

/// Takes the first answer's head: size and identity of the file.
result<std::span<std::byte>>
take_first(first_answer& out, answer_head const& head, byte_range asked, std::uint64_t whole_file)
{
    auto const granted = check_first_answer(head.claim(), asked, whole_file);
    if (!granted)
        return granted.error();
    out.identity = head.identity;
    out.identity.size = granted->total;
    auto const size = static_cast<std::size_t>(granted->range.size);
    auto const buffer = std::make_shared_for_overwrite<std::byte[]>(size);
    out.bytes = block{buffer, {{buffer.get(), size}, 0}};
    return std::span<std::byte>(buffer.get(), size);
}

}  // namespace

/// The coroutines of a source. They outlive it when it goes away first.
class http_fetch {
public:
    using shared_state = std::shared_ptr<http_source::state>;

    /// The request that finds size and identity.
    static awaitable<void> open(shared_state self, http_source::on_opened done);
    /// Sends requests one after the other until the wave has no more.
    static awaitable<void> work(shared_state self, std::shared_ptr<wave> of);
    static void deliver(http_source::state& self, wave const& finished);
};

awaitable<void> http_fetch::open(shared_state self, http_source::on_opened done)
{
    byte_range const asked{0, std::max<std::uint64_t>(self->options.first_read, 1)};
    first_answer first;
    accept_answer accept = [&](answer_head const& head) {
        return take_first(first, head, asked, self->options.whole_file);
    };
    auto& client = self->through->inside();
    auto failed = co_await get_range(client, self->resource, asked, std::move(accept));
    if (failed) {
        done(failed->within(self->name));
        co_return;
    }
    self->identity = std::move(first.identity);
    self->first = std::move(first.bytes);
    self->stats = {1, self->first.view.size()};
    done(std::unique_ptr<http_source>(new http_source(std::move(self))));
}

awaitable<void> http_fetch::work(shared_state self, std::shared_ptr<wave> of)
{
    auto& client = self->through->inside();
    while (auto const part = of->take_part()) {
        auto const range = of->parts()[*part];
        accept_answer accept = [&](answer_head const& head) {
            return of->place_for(*part, self->identity, head);
        };
        ++self->stats.requests;
        auto failed = co_await get_range(client, self->resource, range, std::move(accept));
        if (failed)
            failed = failed->within(self->name);
        else
            self->stats.bytes_fetched += range.size;
        if (of->finish_part(*part, std::move(failed)))
            deliver(*self, *of);
    }
}

void http_fetch::deliver(http_source::state& self, wave const& finished)
{
    ++self.finished_waves;
    --self.waves_in_flight;
    if (!self.is_gone)
        finished.deliver();
}

void http_source::open_then(
    std::shared_ptr<client> through, std::string const& text, http_options options, on_opened done
)
{
    auto origin = origin_of(through->options(), text);
    if (!origin)
        return done(origin.error());
    auto self = std::make_shared<state>();
    self->through = std::move(through);
    self->name = public_name(text);
    self->options = options;
    self->resource.origin = std::move(origin->at);
    self->resource.is_signed = origin->is_signed;
    self->resource.requests_left = options.requests;
    auto& inside = self->through->inside();
    inside.start(http_fetch::open(std::move(self), std::move(done)));
}

result<std::unique_ptr<http_source>>
http_source::open(std::shared_ptr<client> through, std::string const& text, http_options options)
{
    auto const done = std::make_shared<std::optional<result<std::unique_ptr<http_source>>>>();
    auto& inside = through->inside();
    // `through` stays here: a client must not go away in one of its own coroutines.
    open_then(through, text, options, [done](auto opened) { done->emplace(std::move(opened)); });
    while (!*done)
        inside.run_some();
    return std::move(**done);
}

http_source::http_source(std::shared_ptr<state> made) : state_(std::move(made)) {}

http_source::~http_source()
{
    state_->is_gone = true;
}

std::string const& http_source::name() const noexcept
{
    return state_->name;
}

std::uint64_t http_source::size() const noexcept
{
    return state_->identity.size;
}

std::optional<block> http_source::resident(byte_range range)
{
    auto const& first = state_->first;
    if (range.end() > first.view.size())
        return std::nullopt;
    auto const skip = static_cast<std::size_t>(range.offset);
    return block{first.owner, first.view.sub(skip, static_cast<std::size_t>(range.size))};
}

void http_source::fetch(std::vector<byte_range> ranges, io::on_answers done)
{
    io::plan_options plan;
    plan.merge_gap = cost().request;
    plan.part = worthwhile_split(state_->pool().estimate);
    auto const largest = state_->options.largest_range;
    auto const out = std::make_shared<wave>(std::move(ranges), std::move(done), largest, plan);
    ++state_->waves_in_flight;
    if (out->is_done())
        return http_fetch::deliver(*state_, *out);
    auto& client = state_->through->inside();
    // Those without a connection stand in its pool's line, which shows that more are worth having.
    auto const workers =
        std::min<std::size_t>(out->parts().size(), 3 * client.options.most_connections_per_host);
    for (std::size_t i = 0; i < workers; ++i)
        client.start(http_fetch::work(state_, out));
}

void http_source::wait()
{
    auto const finished = state_->finished_waves;
    while (state_->waves_in_flight != 0 && state_->finished_waves == finished)
        state_->through->inside().run_some();
}

io::source_stats http_source::stats() const noexcept
{
    return state_->stats;
}

io::read_cost http_source::cost() const noexcept
{
    auto const& pool = state_->pool();
    return {worthwhile_gap(pool.estimate, pool.window.reach()), round_trip_bytes(pool.estimate)};
}

net::identity const& http_source::identity() const noexcept
{
    return state_->identity;
}

}  // namespace lindi::net
