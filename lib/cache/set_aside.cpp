#include "set_aside.hpp"

#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace lindi::cache {

repair_lock::repair_lock(std::string const& folder)
    : file_(::open((folder + "/repair.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
{
    // Where there are no such locks, repairs are not kept apart, and the worst is an empty cache.
    if (file_ >= 0)
        static_cast<void>(::flock(file_, LOCK_EX));
}

repair_lock::~repair_lock()
{
    if (file_ >= 0)
        ::close(file_);
}

void set_aside(
    std::string const& folder,
    std::string const& why,
    std::function<void(std::string const&)> const& warn
)
{
    namespace fs = std::filesystem;
    std::error_code failed;
    auto const data = fs::path(folder) / "data.mdb";
    int n = 1;
    while (fs::exists(data.string() + ".aside-" + std::to_string(n), failed))
        ++n;
    auto const aside = data.string() + ".aside-" + std::to_string(n);
    fs::rename(data, aside, failed);
    fs::remove(fs::path(folder) / "lock.mdb", failed);
    if (warn)
        warn("cache " + folder + ": set aside as " + aside + ", " + why);
}

}  // namespace lindi::cache
