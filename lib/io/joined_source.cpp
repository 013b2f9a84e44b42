#include <lindi/io/joined_source.hpp>

#include <map>

namespace lindi::io {

/// A wave whose ranges several files answer.
struct joined_source::pending_wave {
    std::vector<byte_range> ranges;
    answers got;
    std::size_t unanswered = 0;  ///< files
    on_answers done;

    void answered()
    {
        if (--unanswered == 0)
            done(std::move(got));
    }
};

joined_source::joined_source(std::string name, opener open, std::size_t max_open)
    : name_(std::move(name)), open_(std::move(open)), max_open_(max_open)
{}

std::uint64_t joined_source::add(std::unique_ptr<source> file)
{
    auto const address = size();
    part added;
    added.name = file->name();
    added.file = std::move(file);
    parts_.push_back(std::move(added));
    return address;
}

result<std::uint64_t> joined_source::add(std::string const& name)
{
    auto const known = by_name_.find(name);
    if (known != by_name_.end())
        return static_cast<std::uint64_t>(known->second) << part_bits;
    if (parts_.size() >= max_parts)
        return error(errc::too_large, error::nowhere, "source", "too many files");
    auto const address = size();
    by_name_.emplace(name, parts_.size());
    part added;
    added.name = name;
    added.by_name = true;
    parts_.push_back(std::move(added));
    return address;
}

void joined_source::close_one()
{
    part* oldest = nullptr;
    for (auto& p : parts_)
        if (p.by_name && p.file && p.in_flight == 0 &&
            (oldest == nullptr || p.last_use < oldest->last_use))
            oldest = &p;
    if (oldest == nullptr)
        return;
    auto const did = oldest->file->stats();
    closed_.requests += did.requests;
    closed_.bytes_fetched += did.bytes_fetched;
    oldest->file.reset();
    --open_by_name_;
}

result<source*> joined_source::open_part(std::size_t index)
{
    auto& wanted = parts_[index];
    wanted.last_use = ++uses_;
    if (wanted.file)
        return wanted.file.get();
    if (wanted.failure)
        return *wanted.failure;
    if (!open_)
        return error(errc::not_found, error::nowhere, "source", "it is not open")
            .within(wanted.name);
    if (open_by_name_ >= max_open_)
        close_one();
    auto opened = open_(wanted.name);
    if (!opened) {
        wanted.failure = opened.error().within(wanted.name);
        return *wanted.failure;
    }
    wanted.file = std::move(*opened);
    ++open_by_name_;
    return wanted.file.get();
}

result<std::uint64_t> joined_source::size_of(std::uint64_t address)
{
    auto const index = address >> part_bits;
    if (index >= parts_.size())
        return error(errc::not_found, address, "source");
    auto const file = open_part(index);
    if (!file)
        return file.error();
    return (*file)->size();
}

std::string joined_source::describe(std::uint64_t address) const
{
    auto const index = address >> part_bits;
    auto const place = std::to_string(address & (part_size - 1));
    return (index < parts_.size() ? parts_[index].name : name_) + " at " + place;
}

std::optional<block> joined_source::resident(byte_range range)
{
    auto const index = range.offset >> part_bits;
    auto const start = range.offset & (part_size - 1);
    if (index >= parts_.size() || !parts_[index].file)
        return std::nullopt;
    auto& file = *parts_[index].file;
    if (start > file.size() || range.size > file.size() - start)
        return std::nullopt;
    auto found = file.resident({start, range.size});
    if (found)
        found->view.at = range.offset;
    return found;
}

void joined_source::fetch_part(
    std::size_t index, std::shared_ptr<pending_wave> const& wave, std::vector<std::size_t> which
)
{
    auto const file = open_part(index);
    std::vector<byte_range> ranges;
    std::vector<std::size_t> asked;
    for (auto const i : which) {
        auto const range = wave->ranges[i];
        auto const start = range.offset & (part_size - 1);
        if (!file) {
            wave->got[i] = file.error();
        } else if (start > (*file)->size() || range.size > (*file)->size() - start) {
            wave->got[i] = error(errc::truncated, start, "file", "bytes past its end")
                               .within(parts_[index].name);
        } else {
            ranges.push_back({start, range.size});
            asked.push_back(i);
        }
    }
    if (asked.empty()) {
        wave->answered();
        return;
    }
    ++parts_[index].in_flight;
    auto const answer = [this, index, wave, asked](answers got) {
        --parts_[index].in_flight;
        for (std::size_t k = 0; k < asked.size() && k < got.size(); ++k) {
            auto& to = wave->got[asked[k]];
            if (got[k]) {
                to = std::move(*got[k]);
                to->view.at = wave->ranges[asked[k]].offset;
            } else {
                to = got[k].error();
            }
        }
        wave->answered();
    };
    (*file)->fetch(std::move(ranges), answer);
}

void joined_source::fetch(std::vector<byte_range> wave, on_answers done)
{
    auto pending = std::make_shared<pending_wave>();
    pending->ranges = std::move(wave);
    pending->done = std::move(done);
    std::map<std::size_t, std::vector<std::size_t>> by_part;
    for (std::size_t i = 0; i < pending->ranges.size(); ++i) {
        pending->got.emplace_back(
            error(errc::truncated, pending->ranges[i].offset, "file", "bytes past its end")
        );
        by_part[pending->ranges[i].offset >> part_bits].push_back(i);
    }
    // One for this function, so that the last answer comes when all were asked for.
    pending->unanswered = by_part.size() + 1;
    for (auto& [index, which] : by_part)
        fetch_part(index, pending, std::move(which));
    pending->answered();
}

void joined_source::wait()
{
    for (auto& p : parts_)
        if (p.file && p.in_flight != 0) {
            p.file->wait();
            return;
        }
}

source_stats joined_source::stats() const noexcept
{
    auto all = closed_;
    for (auto const& p : parts_)
        if (p.file) {
            auto const did = p.file->stats();
            all.requests += did.requests;
            all.bytes_fetched += did.bytes_fetched;
        }
    return all;
}

}  // namespace lindi::io
