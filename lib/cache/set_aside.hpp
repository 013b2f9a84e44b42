/// \file
/// What happens to a database that cannot be used.

#pragma once

#include <functional>
#include <string>

namespace lindi::cache {

/// Only one process at a time: two that find the same damage must not put each other's new database
/// aside. Lives as long as the folder is being repaired.
class repair_lock {
public:
    explicit repair_lock(std::string const& folder);
    ~repair_lock();
    repair_lock(repair_lock const&) = delete;
    repair_lock& operator=(repair_lock const&) = delete;

private:
    int file_;
};

/// Renames data.mdb to data.mdb.aside-N. \param warn  told where it is and why; may be empty
void set_aside(
    std::string const& folder,
    std::string const& why,
    std::function<void(std::string const&)> const& warn
);

}  // namespace lindi::cache
