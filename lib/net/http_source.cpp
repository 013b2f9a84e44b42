#include "resource.hpp"

#include <lindi/io/plan_requests.hpp>
#include <lindi/net/dandi_url.hpp>
#include <lindi/net/http_source.hpp>
#include <lindi/net/public_text.hpp>

#include <memory>

namespace lindi::net {

using io::byte_range;

class http_source::state {
public:
    std::shared_ptr<client> through;
    std::string name{};
    http_options options;
    net::resource resource;
    net::identity identity{};
    block first{};
    io::source_stats stats{};
    std::uint64_t finished_waves = 0;
    std::size_t waves_in_flight = 0;
    bool is_gone = false;  ///< the source went away: nobody waits for its answers

    /// Of the way to the server that has the bytes.
    link_estimate const& estimate() const
    {
        return through->inside()
            .pool_of(resource.target ? *resource.target : resource.origin)
            .estimate;
    }
};

namespace {

/// One call of `fetch` while its requests are out.
struct wave_in_flight {
    std::vector<byte_range> asked;
    io::on_answers done;
    io::request_plan plan{};
    std::vector<std::optional<error>> refused;  ///< by range
    std::vector<std::shared_ptr<std::byte[]>>
        buffers{};                               ///< by run; made when the first part is answered
    std::vector<std::optional<error>> failed{};  ///< by part
    std::size_t next_part = 0;
    std::size_t parts_left = 0;
};

std::size_t run_of_part(io::request_plan const& plan, std::size_t part)
{
    auto const after = std::upper_bound(
        plan.runs.begin(),
        plan.runs.end(),
        part,
        [](std::size_t p, io::planned_run const& run) { return p < run.first_part; }
    );
    return static_cast<std::size_t>(after - plan.runs.begin()) - 1;
}

/// Where a part of a wave goes, once its answer has proved to be what was asked for.
result<std::span<std::byte>> place_for(
    wave_in_flight& wave, std::size_t part, net::identity const& expected, answer_head const& head
)
{
    auto const range = wave.plan.parts[part];
    auto const checked = check_answer(head.claim(), range, expected.size);
    if (!checked)
        return checked.error();
    auto seen = head.identity;
    seen.size = expected.size;
    if (auto const changed = difference(expected, seen); !changed.empty())
        return error(errc::io, range.offset, "file", "it changed while it was read: " + changed);
    auto const i = run_of_part(wave.plan, part);
    auto const& run = wave.plan.runs[i].bytes;
    if (!wave.buffers[i])
        wave.buffers[i] =
            std::make_shared_for_overwrite<std::byte[]>(static_cast<std::size_t>(run.size));
    auto* const start = wave.buffers[i].get() + (range.offset - run.offset);
    return std::span<std::byte>(start, static_cast<std::size_t>(range.size));
}

result<block> answer_for(wave_in_flight const& wave, std::size_t i)
{
    auto const range = wave.asked[i];
    if (wave.refused[i])
        return *wave.refused[i];
    if (range.size == 0)
        return block{nullptr, {{}, range.offset}};
    auto const r = wave.plan.run_of_range[i];
    auto const& run = wave.plan.runs[r];
    for (auto p = run.first_part; p < run.first_part + run.part_count; ++p) {
        auto const part = wave.plan.parts[p];
        bool const overlaps = part.offset < range.end() && range.offset < part.end();
        if (overlaps && wave.failed[p])
            return *wave.failed[p];
    }
    auto const skip = static_cast<std::size_t>(range.offset - run.bytes.offset);
    auto const* const start = wave.buffers[r].get() + skip;
    return block{wave.buffers[r], {{start, static_cast<std::size_t>(range.size)}, range.offset}};
}

io::answers answers_of(wave_in_flight const& wave)
{
    io::answers out;
    out.reserve(wave.asked.size());
    for (std::size_t i = 0; i < wave.asked.size(); ++i)
        out.push_back(answer_for(wave, i));
    return out;
}

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

result<url> origin_of(client_options const& options, std::string const& text, bool& is_signed)
{
    std::string final_text = text;
    for (auto const& rewrite : options.rewriters) {
        if (auto other = rewrite(text)) {
            final_text = std::move(*other);
            break;
        }
    }
    bool const is_s3 = final_text.starts_with("s3://");
    is_signed = is_s3 && !options.s3.access_key.empty();
    auto parsed = is_s3 ? s3_object_url(final_text, options.s3) : parse_url(final_text);
    if (!parsed)
        return parsed;
    if (!parsed->user_info.empty())
        return error(errc::unsupported, error::nowhere, "URL", "a user or password in it");
    if (auto const asset = parse_dandi_asset(*parsed); asset && parsed->tls && parsed->port == 443)
        return parsed->path().find("/download") != std::string_view::npos ? *parsed
                                                                          : download_url(*asset);
    return parsed;
}

}  // namespace

result<origin_facts> facts_of(client_options const& options, std::string const& text)
{
    bool is_signed = false;
    auto const origin = origin_of(options, text, is_signed);
    if (!origin)
        return origin.error();
    return origin_facts{
        stored_text(*origin), parse_dandi_asset(*origin) || public_blob_url(*origin)};
}

class http_fetch {
public:
    /// Sends requests one after the other until the wave has no more.
    static awaitable<void>
    work(std::shared_ptr<http_source::state> self, std::shared_ptr<wave_in_flight> wave);
    static void deliver(http_source::state& self, wave_in_flight& wave);
    static awaitable<void> open(
        std::shared_ptr<http_source::state> self,
        std::shared_ptr<first_answer> into,
        std::shared_ptr<std::optional<result<void>>> done
    );
};

awaitable<void>
http_fetch::work(std::shared_ptr<http_source::state> self, std::shared_ptr<wave_in_flight> wave)
{
    auto& client = self->through->inside();
    while (wave->next_part < wave->plan.parts.size()) {
        auto const part = wave->next_part++;
        auto const range = wave->plan.parts[part];
        accept_answer accept = [&](answer_head const& head) {
            return place_for(*wave, part, self->identity, head);
        };
        ++self->stats.requests;
        auto failed = co_await get_range(client, self->resource, range, std::move(accept));
        if (failed)
            wave->failed[part] = failed->within(self->name);
        else
            self->stats.bytes_fetched += range.size;
        if (--wave->parts_left == 0)
            deliver(*self, *wave);
    }
}

void http_fetch::deliver(http_source::state& self, wave_in_flight& wave)
{
    ++self.finished_waves;
    --self.waves_in_flight;
    if (!self.is_gone)
        wave.done(answers_of(wave));
}

awaitable<void> http_fetch::open(
    std::shared_ptr<http_source::state> self,
    std::shared_ptr<first_answer> into,
    std::shared_ptr<std::optional<result<void>>> done
)
{
    byte_range const asked{0, std::max<std::uint64_t>(self->options.first_read, 1)};
    accept_answer accept = [&](answer_head const& head) {
        return take_first(*into, head, asked, self->options.whole_file);
    };
    auto& client = self->through->inside();
    auto failed = co_await get_range(client, self->resource, asked, std::move(accept));
    if (failed)
        *done = result<void>(failed->within(self->name));
    else
        *done = result<void>();
}

result<std::unique_ptr<http_source>>
http_source::open(std::shared_ptr<client> through, std::string const& text, http_options options)
{
    auto self = std::make_shared<state>();
    auto origin = origin_of(through->options(), text, self->resource.is_signed);
    if (!origin)
        return origin.error();
    self->through = std::move(through);
    self->name = public_name(text);
    self->options = options;
    self->resource.origin = std::move(*origin);
    self->resource.requests_left = options.requests;

    auto const first = std::make_shared<first_answer>();
    auto const done = std::make_shared<std::optional<result<void>>>();
    auto& inside = self->through->inside();
    inside.start(http_fetch::open(self, first, done));
    while (!*done)
        inside.run_some();
    if (!**done)
        return (*done)->error();
    self->identity = std::move(first->identity);
    self->first = std::move(first->bytes);
    self->stats = {1, self->first.view.size()};
    return std::unique_ptr<http_source>(new http_source(std::move(self)));
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

void http_source::fetch(std::vector<byte_range> wave, io::on_answers done)
{
    auto const out = std::make_shared<wave_in_flight>();
    out->refused.resize(wave.size());
    auto wanted = wave;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i].size <= state_->options.largest_range)
            continue;
        auto const limit = "limit on one read, " + std::to_string(state_->options.largest_range);
        out->refused[i] = error(errc::too_large, wanted[i].offset, "file", limit);
        wanted[i].size = 0;
    }
    io::plan_options plan;
    plan.merge_gap = cost().request;
    plan.part = worthwhile_split(state_->estimate());
    out->asked = std::move(wave);
    out->done = std::move(done);
    out->plan = io::plan_requests(wanted, plan);
    out->buffers.resize(out->plan.runs.size());
    out->failed.resize(out->plan.parts.size());
    out->parts_left = out->plan.parts.size();
    ++state_->waves_in_flight;
    if (out->parts_left == 0)
        return http_fetch::deliver(*state_, *out);
    auto& client = state_->through->inside();
    auto const workers =
        std::min<std::size_t>(out->parts_left, client.options.connections_per_host);
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
    auto const& estimate = state_->estimate();
    return {worthwhile_gap(estimate, state_->through->options().connections_per_host)};
}

net::identity const& http_source::identity() const noexcept
{
    return state_->identity;
}

std::optional<std::string> http_source::blob_id() const
{
    auto const& target = state_->resource.target;
    return dandi_blob_id(target ? *target : state_->resource.origin);
}

std::optional<std::string> http_source::content_id() const
{
    auto const& from = state_->resource;
    auto const& known = state_->identity;
    auto const place = from.target ? *from.target : from.origin;
    auto const size = std::to_string(known.size);
    if (auto const blob = public_blob_url(place))
        return "blob " + size + " " + blob->text();
    auto const where = stored_text(place);
    if (known.has_strong_etag())
        return "etag " + size + " " + known.etag + " " + known.version + " " + where;
    if (!known.last_modified.empty())
        return "date " + size + " " + known.last_modified + " " + where;
    return std::nullopt;
}

std::string http_source::reference(reference_url form) const
{
    auto const& from = state_->resource;
    if (form == reference_url::api)
        if (auto const asset = parse_dandi_asset(from.origin))
            return download_url(*asset).text();
    if (form == reference_url::blob)
        if (auto const blob = public_blob_url(from.target ? *from.target : from.origin))
            return blob->text();
    return state_->name;
}

}  // namespace lindi::net
