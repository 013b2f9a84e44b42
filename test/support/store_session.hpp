/// \file
/// A LINDI file on a simulated disk next to a map that says what has to be in it.

#pragma once

#include "simulated_disk.hpp"

#include <lindi/edit/reference_store.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lindi::test {

/// Keys and what they stand for; nothing: there is no such file.
using store_state = std::optional<std::map<std::string, std::string>>;

class store_session {
public:
    /// \param path  on the disk: its ending says the form
    store_session(std::unique_ptr<simulated_disk> disk, std::string path);

    simulated_disk& disk() noexcept { return *disk_; }
    edit::reference_store* store() noexcept { return store_.get(); }
    store_state const& model() const noexcept { return model_; }

    // What the script does. A call that fails changes nothing; `flush` then leaves two possible
    // states in the file. All do nothing without an open store.

    void open(edit::open_mode mode);
    void close();
    void put_json(std::string const& key, std::string const& json);
    void put_bytes(std::string const& key, std::size_t size, unsigned seed);
    void put_reference(std::string const& key, std::uint64_t offset);
    void copy(std::string const& from, std::string const& to);
    void erase(std::string const& key);
    void erase_all(std::string const& prefix);
    void flush();
    void pack();

    // What happens to it.

    void kill();
    void cut_power(unsigned seed);

    /// Whether the open store shows what the map says.
    bool agrees() const;
    /// Opens the file for reading and then for writing: both have to work and show one of the
    /// states that it may have. The map is that one from now on.
    bool is_sound();

    /// What was wrong at last, in words.
    std::string const& complaint() const noexcept { return complaint_; }

private:
    void replace_disk(std::unique_ptr<simulated_disk> disk);
    bool complain(std::string what);
    std::optional<store_state> look(edit::open_mode mode);
    void set(std::string const& key, std::string value) { (*model_)[key] = std::move(value); }

    std::unique_ptr<simulated_disk> disk_;
    std::string path_;
    std::unique_ptr<edit::reference_store> store_;
    store_state model_;                  ///< of the open store
    std::vector<store_state> possible_;  ///< of the file
    std::string complaint_;
};

/// Whether the bytes are a tar from the first to the last: headers with right checksums, two zero
/// blocks at the end.
bool is_whole_tar(std::span<std::byte const> bytes);

}  // namespace lindi::test
