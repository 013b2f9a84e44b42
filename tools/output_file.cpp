#include "output_file.hpp"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lindi::tools {
namespace {

constexpr mode_t mode = 0666;

/// Where a file without a name can be given one from.
std::string descriptor_path(int descriptor)
{
    return "/proc/self/fd/" + std::to_string(descriptor);
}

int open_nameless(std::string const& folder)
{
    if (::access("/proc/self/fd", X_OK) != 0)
        return -1;
    return ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
}

/// The path behind symbolic links, so that these stay when the file is replaced.
std::string resolved(std::string const& path)
{
    std::error_code none;
    auto const real = std::filesystem::canonical(path, none);
    return none ? path : real.string();
}

}  // namespace

output_file::output_file(std::string path, std::string temporary, int descriptor)
    : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor)
{}

output_file::~output_file()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
    if (has_name_)
        ::unlink(temporary_.c_str());
}

error output_file::failure(int number) const
{
    return error(std::error_code(number, std::generic_category()), error::nowhere, "output")
        .within(path_);
}

result<std::unique_ptr<output_file>> output_file::create(std::string const& path)
{
    struct stat status {};
    bool const exists = ::stat(path.c_str(), &status) == 0;
    if (exists && !S_ISREG(status.st_mode)) {
        std::unique_ptr<output_file> out(
            new output_file(path, "", ::open(path.c_str(), O_WRONLY | O_CLOEXEC))
        );
        if (out->descriptor_ < 0)
            return out->failure(errno);
        return out;
    }
    auto const real = resolved(path);
    auto const folder = std::filesystem::path(real).parent_path().string();
    auto const name = real + "." + std::to_string(::getpid()) + ".tmp";
    std::unique_ptr<output_file> out(
        new output_file(real, name, open_nameless(folder.empty() ? "." : folder))
    );
    if (out->descriptor_ < 0) {
        out->descriptor_ = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        out->has_name_ = out->descriptor_ >= 0;
    }
    if (out->descriptor_ < 0)
        return out->failure(errno);
    return out;
}

result<void> output_file::write(std::string_view text)
{
    while (!text.empty()) {
        auto const wrote = ::write(descriptor_, text.data(), text.size());
        if (wrote >= 0)
            text.remove_prefix(static_cast<std::size_t>(wrote));
        else if (errno != EINTR)
            return failure(errno);
    }
    return {};
}

result<void> output_file::give_name()
{
    if (has_name_)
        return {};
    auto const from = descriptor_path(descriptor_);
    if (::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, temporary_.c_str(), AT_SYMLINK_FOLLOW) != 0)
        return failure(errno);
    has_name_ = true;
    return {};
}

result<void> output_file::commit()
{
    if (!temporary_.empty()) {
        if (auto const named = give_name(); !named)
            return named;
        if (::rename(temporary_.c_str(), path_.c_str()) != 0)
            return failure(errno);
        has_name_ = false;
    }
    // some file systems tell only here that the disk is full
    int const closed = ::close(descriptor_);
    descriptor_ = -1;
    return closed == 0 ? result<void>() : failure(errno);
}

bool is_same_file(std::string const& a, std::string const& b)
{
    std::error_code none;
    return std::filesystem::equivalent(a, b, none);
}

}  // namespace lindi::tools
