#include <lindi/io/file_source.hpp>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lindi::io {
namespace {

std::error_code system_code(int number)
{
    return {number, std::generic_category()};
}

}  // namespace

result<std::unique_ptr<file_source>> file_source::open(std::string path)
{
    // O_NONBLOCK: a pipe would wait here for someone to write to it
    int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return error(system_code(errno), error::nowhere, "").within(path);
    return adopt(descriptor, std::move(path));
}

result<std::unique_ptr<file_source>> file_source::adopt(int descriptor, std::string path)
{
    struct stat status {};
    int const failed = ::fstat(descriptor, &status) != 0 ? errno
                       : S_ISDIR(status.st_mode)         ? EISDIR
                                                         : 0;
    if (failed != 0) {
        ::close(descriptor);
        return error(system_code(failed), error::nowhere, "").within(path);
    }
    if (!S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return error(errc::unsupported, error::nowhere, "file", "not a regular file").within(path);
    }
    auto const size = static_cast<std::uint64_t>(status.st_size);
    return std::unique_ptr<file_source>(new file_source(std::move(path), descriptor, size));
}

file_source::file_source(std::string path, int descriptor, std::uint64_t size)
    : name_(std::move(path)), descriptor_(descriptor), size_(size)
{}

file_source::~file_source()
{
    ::close(descriptor_);
}

void file_source::fetch(std::vector<byte_range> wave, on_answers done)
{
    answers out;
    out.reserve(wave.size());
    for (auto const range : wave)
        out.push_back(read(range));
    done(std::move(out));
}

result<block> file_source::read(byte_range range)
{
    auto const size = static_cast<std::size_t>(range.size);
    auto const buffer = std::make_shared_for_overwrite<std::byte[]>(size);
    std::size_t have = 0;
    while (have < size) {
        auto const got = ::pread(
            descriptor_, buffer.get() + have, size - have, static_cast<off_t>(range.offset + have)
        );
        ++stats_.requests;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error(system_code(errno), range.offset + have, "file");
        if (got == 0)
            return error(
                errc::truncated, range.offset + have, "file", "it shrank while being read"
            );
        have += static_cast<std::size_t>(got);
    }
    stats_.bytes_fetched += size;
    return block{buffer, {{buffer.get(), size}, range.offset}};
}

}  // namespace lindi::io
