/// \file
/// Files in memory, with what a disk behind a page cache does when things go wrong: a call that
/// fails, a process that is killed at a call, a power cut that loses whatever was not synced.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/io/file_layer.hpp>

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace lindi::test {

/// Bytes of one file, as programs see them and as they would outlive a power cut.
struct disk_file {
    struct change {
        std::uint64_t at = 0;
        lindi::bytes content;
        std::optional<std::uint64_t> size{};  ///< set_size; `content` is none then
    };

    lindi::bytes seen;
    lindi::bytes durable;
    std::vector<change> unsynced;
    void const* lock_holder = nullptr;
};

/// What a name leads to.
struct disk_name {
    std::shared_ptr<disk_file> file;  ///< null: a folder

    friend bool operator==(disk_name const&, disk_name const&) = default;
};

class simulated_disk final : public io::file_layer {
public:
    /// A disk with one empty folder, "/disk".
    explicit simulated_disk(unsigned seed);

    /// Changing calls: writes, sizes, syncs, names. Counted from 1.
    std::uint64_t calls() const noexcept { return calls_; }
    /// Call number `n` fails; a write has come a random part of its way, a sync has lost what it
    /// was to keep.
    void fail_at(std::uint64_t n) { fail_at_ = n; }
    /// From call number `n` on nothing happens any more, as the process is dead: part of a write.
    void stop_at(std::uint64_t n) { stop_at_ = n; }
    bool is_stopped() const noexcept { return stop_at_ != 0 && calls_ >= stop_at_; }
    /// Whether also the call that was stopped is over.
    bool is_dead() const noexcept { return stop_at_ != 0 && calls_ > stop_at_; }

    /// What the next process finds.
    std::unique_ptr<simulated_disk> after_kill() const;
    /// What is found after the power came back: of each file any sectors of what was not synced,
    /// any of the sizes that it had; of the names given and taken in a folder that was not synced
    /// any.
    std::unique_ptr<simulated_disk> after_power_cut(unsigned seed) const;

    /// Bytes of a file. \pre it is there
    lindi::bytes const& content(std::string const& path) const
    {
        return names_.at(path).file->seen;
    }
    std::size_t count() const noexcept { return names_.size(); }

    result<io::path_kind> kind(std::string const& path) override;
    std::string resolved(std::string const& path) override { return path; }
    result<std::unique_ptr<io::stored_file>> open(std::string const& path, access how) override;
    result<std::unique_ptr<io::stored_file>> create(std::string const& path) override;
    result<std::unique_ptr<io::stored_file>> create_unnamed(std::string const& path) override;
    result<void> publish(io::stored_file& file, std::string const& path, bool replace) override;
    result<bool> is_at(io::stored_file& file, std::string const& path) override;
    result<std::vector<std::string>> list(std::string const& path) override;
    result<void> make_folder(std::string const& path) override;
    result<void> remove(std::string const& path) override;
    result<void> sync_folder(std::string const& path) override;

    enum class outcome { done, fails, stopped };
    /// Counts a changing call. \return what becomes of it
    outcome next_call();
    /// A whole number of sectors, less than `size`.
    std::size_t part_of(std::size_t size);
    std::mt19937& random() noexcept { return random_; }

private:
    struct name_change {
        std::string path;
        std::optional<disk_name> now;
    };

    result<void> name(std::string const& path, std::optional<disk_name> now);
    bool is_in_folder(std::string const& path) const;

    std::map<std::string, disk_name> names_;
    std::map<std::string, disk_name> durable_names_;
    std::vector<name_change> unsynced_names_;
    std::map<std::string, std::shared_ptr<disk_file>> folders_;  ///< that were opened: for locks
    std::mt19937 random_;
    std::uint64_t calls_ = 0;
    std::uint64_t fail_at_ = 0;
    std::uint64_t stop_at_ = 0;
};

}  // namespace lindi::test
