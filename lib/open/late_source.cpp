#include "late_source.hpp"

#include <lindi/net/public_text.hpp>

namespace lindi::open {

late_source::late_source(
    std::shared_ptr<net::client> through, known_file known, net::http_options options
)
    : through_(std::move(through)), known_(std::move(known)), options_(options),
      name_(net::public_name(known_.url))
{}

result<void> late_source::open()
{
    auto opened = net::http_source::open(through_, known_.url, options_);
    if (!opened)
        return opened.error();
    if ((*opened)->content_id() != known_.content || (*opened)->size() != known_.size)
        return error(
                   errc::io,
                   error::nowhere,
                   "file",
                   "it is not what the cache has of it: read it with --revalidate"
        )
            .within(name_);
    opened_ = std::move(*opened);
    return {};
}

std::optional<block> late_source::resident(io::byte_range range)
{
    return opened_ ? opened_->resident(range) : std::nullopt;
}

void late_source::fetch(std::vector<io::byte_range> wave, io::on_answers done)
{
    if (!opened_ && !failed_)
        if (auto const ready = open(); !ready)
            failed_ = ready.error();
    if (failed_)
        return done(io::answers(wave.size(), *failed_));
    opened_->fetch(std::move(wave), std::move(done));
}

void late_source::wait()
{
    if (opened_)
        opened_->wait();
}

io::source_stats late_source::stats() const noexcept
{
    return opened_ ? opened_->stats() : io::source_stats{};
}

io::read_cost late_source::cost() const noexcept
{
    return opened_ ? opened_->cost() : io::read_cost{};
}

}  // namespace lindi::open
