#include "simulated_disk.hpp"

#include <algorithm>

namespace lindi::test {
namespace {

constexpr std::size_t sector = 512;

error failure(std::errc why, std::string const& path)
{
    return error(std::make_error_code(why), error::nowhere, "simulated disk").within(path);
}

std::string folder_of(std::string const& path)
{
    return path.substr(0, path.rfind('/'));
}

void apply_write(lindi::bytes& to, std::uint64_t at, std::span<std::byte const> content)
{
    auto const start = static_cast<std::size_t>(at);
    if (to.size() < start + content.size())
        to.resize(start + content.size());
    std::copy(content.begin(), content.end(), to.begin() + static_cast<std::ptrdiff_t>(start));
}

/// Each sector of the disk that a change touches comes there or does not.
void apply_some(
    lindi::bytes& to, disk_file::change const& change, double chance, std::mt19937& random
)
{
    std::bernoulli_distribution keep(chance);
    if (change.size) {
        if (keep(random))
            to.resize(static_cast<std::size_t>(*change.size));
        return;
    }
    std::span<std::byte const> rest(change.content);
    for (auto at = change.at; !rest.empty();) {
        auto const part = std::min(rest.size(), sector - static_cast<std::size_t>(at % sector));
        if (keep(random))
            apply_write(to, at, rest.first(part));
        at += part;
        rest = rest.subspan(part);
    }
}

double any_chance(std::mt19937& random)
{
    static constexpr double chances[] = {0, 0.5, 0.9, 1};
    return chances[random() % std::size(chances)];
}

/// What a power cut, or a sync that fails, leaves on the disk.
lindi::bytes some_of(disk_file const& file, std::mt19937& random)
{
    auto out = file.durable;
    auto const chance = any_chance(random);
    for (auto const& change : file.unsynced)
        apply_some(out, change, chance, random);
    return out;
}

class disk_handle final : public io::stored_file {
public:
    disk_handle(simulated_disk& disk, std::shared_ptr<disk_file> file, bool writable)
        : disk_(&disk), file_(std::move(file)), writable_(writable)
    {}
    ~disk_handle() override
    {
        if (file_->lock_holder == this)
            file_->lock_holder = nullptr;
    }
    disk_handle(disk_handle const&) = delete;
    disk_handle& operator=(disk_handle const&) = delete;

    std::shared_ptr<disk_file> const& file() const noexcept { return file_; }

    result<std::uint64_t> size() override { return file_->seen.size(); }

    result<std::size_t> read(std::uint64_t at, std::span<std::byte> into) override
    {
        auto const& from = file_->seen;
        if (at >= from.size())
            return std::size_t{0};
        auto const size = std::min<std::size_t>(into.size(), from.size() - at);
        std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(at), size, into.begin());
        return size;
    }

    result<void> write(std::uint64_t at, std::span<std::byte const> from) override
    {
        if (!writable_)
            return failure(std::errc::bad_file_descriptor, "write");
        auto const outcome = disk_->next_call();
        if (outcome != simulated_disk::outcome::done)
            from = from.first(disk_->is_dead() ? 0 : disk_->part_of(from.size()));
        apply_write(file_->seen, at, from);
        file_->unsynced.push_back({at, {from.begin(), from.end()}});
        return answer(outcome, std::errc::no_space_on_device);
    }

    result<void> set_size(std::uint64_t size) override
    {
        if (!writable_)
            return failure(std::errc::bad_file_descriptor, "set_size");
        auto const outcome = disk_->next_call();
        if (outcome == simulated_disk::outcome::done) {
            file_->seen.resize(static_cast<std::size_t>(size));
            file_->unsynced.push_back({0, {}, size});
        }
        return answer(outcome, std::errc::io_error);
    }

    result<void> sync() override
    {
        auto const outcome = disk_->next_call();
        if (outcome == simulated_disk::outcome::done)
            file_->durable = file_->seen;
        else if (outcome == simulated_disk::outcome::fails)
            file_->durable = some_of(*file_, disk_->random());
        // After a failure the pages count as clean: no later sync writes them.
        if (outcome != simulated_disk::outcome::stopped)
            file_->unsynced.clear();
        return answer(outcome, std::errc::io_error);
    }

    result<void> lock() override
    {
        if (file_->lock_holder != nullptr && file_->lock_holder != this)
            return failure(std::errc::resource_unavailable_try_again, "lock");
        file_->lock_holder = this;
        return {};
    }

private:
    static result<void> answer(simulated_disk::outcome outcome, std::errc why)
    {
        return outcome == simulated_disk::outcome::done ? result<void>() : failure(why, "call");
    }

    simulated_disk* disk_;
    std::shared_ptr<disk_file> file_;
    bool writable_;
};

std::shared_ptr<disk_file> const& file_of(io::stored_file& file)
{
    return static_cast<disk_handle&>(file).file();
}

/// A file whose bytes are all there for good.
std::shared_ptr<disk_file> settled(lindi::bytes content)
{
    auto out = std::make_shared<disk_file>();
    out->seen = content;
    out->durable = std::move(content);
    return out;
}

}  // namespace

simulated_disk::simulated_disk(unsigned seed) : random_(seed)
{
    names_.emplace("/disk", disk_name{});
    durable_names_ = names_;
}

simulated_disk::outcome simulated_disk::next_call()
{
    ++calls_;
    if (is_stopped())
        return outcome::stopped;
    return calls_ == fail_at_ ? outcome::fails : outcome::done;
}

std::size_t simulated_disk::part_of(std::size_t size)
{
    auto const sectors = size / sector;
    return sectors == 0 ? 0 : random_() % sectors * sector;
}

bool simulated_disk::is_in_folder(std::string const& path) const
{
    auto const folder = names_.find(folder_of(path));
    return folder != names_.end() && !folder->second.file;
}

result<void> simulated_disk::name(std::string const& path, std::optional<disk_name> now)
{
    if (next_call() != outcome::done)
        return failure(std::errc::io_error, path);
    if (now)
        names_.insert_or_assign(path, *now);
    else
        names_.erase(path);
    unsynced_names_.push_back({path, std::move(now)});
    return {};
}

result<io::path_kind> simulated_disk::kind(std::string const& path)
{
    auto const found = names_.find(path);
    if (found == names_.end())
        return io::path_kind::nothing;
    return found->second.file ? io::path_kind::file : io::path_kind::folder;
}

result<std::unique_ptr<io::stored_file>> simulated_disk::open(std::string const& path, access how)
{
    auto const found = names_.find(path);
    if (found == names_.end())
        return failure(std::errc::no_such_file_or_directory, path);
    auto& file = found->second.file;
    if (!file && how == access::write)
        return failure(std::errc::is_a_directory, path);
    if (file)
        return std::make_unique<disk_handle>(*this, file, how == access::write);
    auto& folder = folders_[path];
    if (!folder)
        folder = std::make_shared<disk_file>();
    return std::make_unique<disk_handle>(*this, folder, false);
}

result<std::unique_ptr<io::stored_file>> simulated_disk::create(std::string const& path)
{
    if (names_.contains(path))
        return failure(std::errc::file_exists, path);
    if (!is_in_folder(path))
        return failure(std::errc::not_a_directory, path);
    auto file = std::make_shared<disk_file>();
    if (auto const named = name(path, disk_name{file}); !named)
        return named.error();
    return std::make_unique<disk_handle>(*this, std::move(file), true);
}

result<std::unique_ptr<io::stored_file>> simulated_disk::create_unnamed(std::string const& path)
{
    if (next_call() != outcome::done)
        return failure(std::errc::no_space_on_device, path);
    return std::make_unique<disk_handle>(*this, std::make_shared<disk_file>(), true);
}

result<void> simulated_disk::publish(io::stored_file& file, std::string const& path, bool replace)
{
    if (!replace && names_.contains(path))
        return failure(std::errc::file_exists, path);
    return name(path, disk_name{file_of(file)});
}

result<bool> simulated_disk::is_at(io::stored_file& file, std::string const& path)
{
    auto const found = names_.find(path);
    if (found == names_.end())
        return false;
    auto const folder = folders_.find(path);
    return found->second.file ? found->second.file == file_of(file)
                              : folder != folders_.end() && folder->second == file_of(file);
}

result<std::vector<std::string>> simulated_disk::list(std::string const& path)
{
    std::vector<std::string> out;
    for (auto const& [name, what] : names_)
        if (name != "/disk" && folder_of(name) == path)
            out.push_back(name.substr(path.size() + 1));
    return out;
}

result<void> simulated_disk::make_folder(std::string const& path)
{
    if (names_.contains(path))
        return failure(std::errc::file_exists, path);
    if (!is_in_folder(path))
        return failure(std::errc::not_a_directory, path);
    return name(path, disk_name{});
}

result<void> simulated_disk::remove(std::string const& path)
{
    if (!names_.contains(path))
        return failure(std::errc::no_such_file_or_directory, path);
    if (!names_.at(path).file && !list(path)->empty())
        return failure(std::errc::directory_not_empty, path);
    return name(path, std::nullopt);
}

result<void> simulated_disk::sync_folder(std::string const& path)
{
    if (next_call() != outcome::done)
        return failure(std::errc::io_error, path);
    auto const is_here = [&](name_change const& change) { return folder_of(change.path) == path; };
    for (auto const& change : unsynced_names_) {
        if (!is_here(change))
            continue;
        if (change.now)
            durable_names_.insert_or_assign(change.path, *change.now);
        else
            durable_names_.erase(change.path);
    }
    std::erase_if(unsynced_names_, is_here);
    return {};
}

std::unique_ptr<simulated_disk> simulated_disk::after_kill() const
{
    auto out = std::make_unique<simulated_disk>(1);
    for (auto const& [path, name] : names_)
        out->names_[path].file = name.file ? settled(name.file->seen) : nullptr;
    out->durable_names_ = out->names_;
    return out;
}

std::unique_ptr<simulated_disk> simulated_disk::after_power_cut(unsigned seed) const
{
    auto out = std::make_unique<simulated_disk>(seed);
    auto& random = out->random_;
    auto names = durable_names_;
    std::bernoulli_distribution keep(any_chance(random));
    for (auto const& change : unsynced_names_) {
        if (!keep(random))
            continue;
        if (change.now)
            names.insert_or_assign(change.path, *change.now);
        else
            names.erase(change.path);
    }
    for (auto const& [path, name] : names)
        if (path == "/disk" || names.contains(folder_of(path)))
            out->names_[path].file = name.file ? settled(some_of(*name.file, random)) : nullptr;
    out->durable_names_ = out->names_;
    return out;
}

}  // namespace lindi::test
