#include "spool.hpp"

#include <cerrno>
#include <filesystem>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace lindi::bulk {
namespace {

error failure(int number, std::string const& path)
{
    return error(std::error_code(number, std::generic_category()), error::nowhere, "output")
        .within(path);
}

}  // namespace

result<spool_file> spool_file::create(std::string path)
{
    int const descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return failure(errno, path);
    return spool_file(std::move(path), descriptor);
}

spool_file::spool_file(spool_file&& other) noexcept
    : path_(std::exchange(other.path_, {})), descriptor_(std::exchange(other.descriptor_, -1))
{}

spool_file::~spool_file()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
    // A file that was taken has another name by now.
    if (!path_.empty())
        ::unlink(path_.c_str());
}

result<void> spool_file::write(std::string_view text)
{
    while (!text.empty()) {
        auto const wrote = ::write(descriptor_, text.data(), text.size());
        if (wrote >= 0)
            text.remove_prefix(static_cast<std::size_t>(wrote));
        else if (errno != EINTR)
            return failure(errno, path_);
    }
    return {};
}

result<void> spool_file::write_head_of(std::string const& path, std::uint64_t size)
{
    int const from = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return failure(errno, path);
    constexpr std::size_t step = 256 * 1024;
    std::vector<char> buffer(static_cast<std::size_t>(std::min<std::uint64_t>(size, step)));
    result<void> done;
    for (std::uint64_t left = size; left != 0 && done;) {
        auto const wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()));
        auto const got = ::read(from, buffer.data(), wanted);
        if (got <= 0) {
            done = got == 0 ? error(errc::truncated, size - left, "output").within(path)
                            : failure(errno, path);
        } else {
            done = write({buffer.data(), static_cast<std::size_t>(got)});
            left -= static_cast<std::uint64_t>(got);
        }
    }
    ::close(from);
    return done;
}

result<void> spool_file::cut(std::uint64_t size)
{
    auto const at = static_cast<off_t>(size);
    if (::ftruncate(descriptor_, at) != 0 || ::lseek(descriptor_, at, SEEK_SET) < 0)
        return failure(errno, path_);
    return {};
}

result<void> spool_file::close()
{
    // some file systems tell only here that the disk is full
    if (::close(std::exchange(descriptor_, -1)) != 0)
        return failure(errno, path_);
    return {};
}

result<std::unique_ptr<spool_folder>> spool_folder::open(std::string const& folder)
{
    std::error_code failed;
    std::filesystem::remove_all(folder, failed);
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return error(failed, error::nowhere, "output").within(folder);
    return std::unique_ptr<spool_folder>(new spool_folder(folder));
}

std::string spool_folder::next_path()
{
    return folder_ + "/" + std::to_string(next_++);
}

}  // namespace lindi::bulk
