#include <lindi/io/file_layer.hpp>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lindi::io {
namespace {

namespace fs = std::filesystem;

constexpr mode_t default_mode = 0666;
constexpr mode_t permissions = 07777;

error failure(int number, std::string const& path)
{
    return error(std::error_code(number, std::generic_category()), error::nowhere, "file")
        .within(path);
}

result<void> check(int returned, std::string const& path)
{
    return returned == 0 ? result<void>() : failure(errno, path);
}

std::string folder_of(std::string const& path)
{
    auto const parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

/// Where a file without a name can be given one from.
std::string descriptor_path(int descriptor)
{
    return "/proc/self/fd/" + std::to_string(descriptor);
}

class system_file final : public stored_file {
public:
    system_file(int descriptor, std::string path) noexcept
        : descriptor_(descriptor), path_(std::move(path))
    {}
    ~system_file() override
    {
        ::close(descriptor_);
        if (!temporary_.empty())
            ::unlink(temporary_.c_str());
    }

    system_file(system_file const&) = delete;
    system_file& operator=(system_file const&) = delete;

    result<std::uint64_t> size() override
    {
        struct stat status {};
        if (::fstat(descriptor_, &status) != 0)
            return failure(errno, path_);
        return static_cast<std::uint64_t>(status.st_size);
    }

    result<std::size_t> read(std::uint64_t at, std::span<std::byte> into) override
    {
        std::size_t have = 0;
        while (have < into.size()) {
            auto const got = ::pread(
                descriptor_, into.data() + have, into.size() - have, static_cast<off_t>(at + have)
            );
            if (got == 0)
                break;
            if (got > 0)
                have += static_cast<std::size_t>(got);
            else if (errno != EINTR)
                return failure(errno, path_);
        }
        return have;
    }

    result<void> write(std::uint64_t at, std::span<std::byte const> from) override
    {
        while (!from.empty()) {
            auto const put =
                ::pwrite(descriptor_, from.data(), from.size(), static_cast<off_t>(at));
            if (put < 0 && errno == EINTR)
                continue;
            if (put < 0)
                return failure(errno, path_);
            at += static_cast<std::uint64_t>(put);
            from = from.subspan(static_cast<std::size_t>(put));
        }
        return {};
    }

    result<void> set_size(std::uint64_t size) override
    {
        return check(::ftruncate(descriptor_, static_cast<off_t>(size)), path_);
    }

    result<void> sync() override { return check(::fdatasync(descriptor_), path_); }

    result<void> lock() override { return check(::flock(descriptor_, LOCK_EX | LOCK_NB), path_); }

    int descriptor() const noexcept { return descriptor_; }
    /// Name of a file of create_unnamed on a system that has none without; taken away with it.
    std::string& temporary() noexcept { return temporary_; }

private:
    int descriptor_;
    std::string path_;
    std::string temporary_;
};

class system_layer final : public file_layer {
public:
    result<path_kind> kind(std::string const& path) override
    {
        struct stat status {};
        if (::stat(path.c_str(), &status) != 0) {
            if (errno == ENOENT || errno == ENOTDIR)
                return path_kind::nothing;
            return failure(errno, path);
        }
        return S_ISREG(status.st_mode)   ? path_kind::file
               : S_ISDIR(status.st_mode) ? path_kind::folder
                                         : path_kind::other;
    }

    std::string resolved(std::string const& path) override
    {
        std::error_code failed;
        // Of a relative path that leads nowhere it would make a relative one.
        auto const real = fs::weakly_canonical(fs::absolute(path, failed), failed);
        return failed ? path : real.string();
    }

    result<std::unique_ptr<stored_file>> open(std::string const& path, access how) override
    {
        // O_NONBLOCK: a pipe would wait here for somebody at its other end.
        int const flags = how == access::write ? O_RDWR : O_RDONLY;
        int const descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        return opened(descriptor, path);
    }

    result<std::unique_ptr<stored_file>> create(std::string const& path) override
    {
        return opened(
            ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, default_mode), path
        );
    }

    result<std::unique_ptr<stored_file>> create_unnamed(std::string const& path) override
    {
        if (::access("/proc/self/fd", X_OK) == 0) {
            int const nameless =
                ::open(folder_of(path).c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, default_mode);
            if (nameless >= 0)
                return opened(nameless, path);
        }
        auto const name = temporary_name(path);
        int const named = ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, default_mode);
        auto file = opened(named, path);
        if (file)
            static_cast<system_file&>(**file).temporary() = name;
        return file;
    }

    result<void> publish(stored_file& file, std::string const& path, bool replace) override
    {
        auto& own = static_cast<system_file&>(file);
        auto const from =
            own.temporary().empty() ? descriptor_path(own.descriptor()) : own.temporary();
        if (!replace) {
            auto const linked = link(from, path);
            return linked ? drop_temporary(own) : linked;
        }
        struct stat status {};
        if (::stat(path.c_str(), &status) == 0)
            static_cast<void>(::fchmod(own.descriptor(), status.st_mode & permissions));
        if (own.temporary().empty()) {
            auto const name = temporary_name(path);
            if (auto const linked = link(from, name); !linked)
                return linked;
            own.temporary() = name;
        }
        if (::rename(own.temporary().c_str(), path.c_str()) != 0)
            return failure(errno, path);
        own.temporary().clear();
        return {};
    }

    result<bool> is_at(stored_file& file, std::string const& path) override
    {
        struct stat own {};
        struct stat there {};
        if (::fstat(static_cast<system_file&>(file).descriptor(), &own) != 0)
            return failure(errno, path);
        if (::stat(path.c_str(), &there) != 0)
            return errno == ENOENT ? result<bool>(false) : failure(errno, path);
        return own.st_dev == there.st_dev && own.st_ino == there.st_ino;
    }

    result<std::vector<std::string>> list(std::string const& path) override
    {
        std::error_code failed;
        std::vector<std::string> out;
        for (fs::directory_iterator at(path, failed), end; !failed && at != end;
             at.increment(failed))
            out.push_back(at->path().filename().string());
        if (failed)
            return failure(failed.value(), path);
        std::sort(out.begin(), out.end());
        return out;
    }

    result<void> make_folder(std::string const& path) override
    {
        return check(::mkdir(path.c_str(), S_IRWXU | S_IRWXG | S_IRWXO), path);
    }

    result<void> remove(std::string const& path) override
    {
        return check(::remove(path.c_str()), path);
    }

    result<void> sync_folder(std::string const& path) override
    {
        auto const folder = open(path.empty() ? "." : path, access::read);
        return folder ? (*folder)->sync() : result<void>(folder.error());
    }

private:
    static result<std::unique_ptr<stored_file>> opened(int descriptor, std::string const& path)
    {
        if (descriptor < 0)
            return failure(errno, path);
        return std::unique_ptr<stored_file>(std::make_unique<system_file>(descriptor, path));
    }

    static std::string temporary_name(std::string const& path)
    {
        return path + "." + std::to_string(::getpid()) + ".tmp";
    }

    static result<void> link(std::string const& from, std::string const& to)
    {
        return check(::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), AT_SYMLINK_FOLLOW), to);
    }

    static result<void> drop_temporary(system_file& file)
    {
        if (!file.temporary().empty())
            ::unlink(file.temporary().c_str());
        file.temporary().clear();
        return {};
    }
};

}  // namespace

file_layer& system_files()
{
    static system_layer layer;
    return layer;
}

}  // namespace lindi::io
