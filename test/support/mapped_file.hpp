/// \file
/// A file as bytes in memory, of which only what is looked at is read: holes cost nothing.

#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lindi::test {

class mapped_file {
public:
    explicit mapped_file(std::string const& path)
    {
        int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat about {};
        if (file < 0 || ::fstat(file, &about) != 0)
            throw std::runtime_error("cannot open " + path);
        size_ = static_cast<std::size_t>(about.st_size);
        start_ = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file, 0);
        ::close(file);
        if (start_ == MAP_FAILED)
            throw std::runtime_error("cannot map " + path);
    }
    mapped_file(mapped_file const&) = delete;
    mapped_file& operator=(mapped_file const&) = delete;
    ~mapped_file() { ::munmap(start_, size_); }

    std::span<std::byte const> content() const
    {
        return {static_cast<std::byte const*>(start_), size_};
    }

private:
    void* start_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace lindi::test
