#include <lindi/io/file_source.hpp>
#include <lindi/io/folder.hpp>

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lindi::io {
namespace {

constexpr char const* structure = "other file";

error refuse(char const* why)
{
    return {errc::unsupported, error::nowhere, structure, why};
}

error system_error()
{
    if (errno == ENOENT || errno == ENOTDIR)
        return {errc::not_found, error::nowhere, structure};
    return {std::error_code(errno, std::generic_category()), error::nowhere, structure};
}

/// A descriptor that is closed in time.
class held_descriptor {
public:
    explicit held_descriptor(int number) noexcept : number_(number) {}
    held_descriptor(held_descriptor const&) = delete;
    held_descriptor& operator=(held_descriptor const&) = delete;
    ~held_descriptor() { reset(-1); }

    int get() const noexcept { return number_; }
    void reset(int number) noexcept
    {
        if (number_ >= 0)
            ::close(number_);
        number_ = number;
    }

private:
    int number_;
};

result<std::string> real_path(std::string const& path)
{
    std::unique_ptr<char, decltype(&std::free)> const found(
        ::realpath(path.c_str(), nullptr), &std::free
    );
    if (!found)
        return system_error();
    return std::string(found.get());
}

bool has_part(std::string_view path, std::string_view part)
{
    while (!path.empty()) {
        auto const end = std::min(path.find('/'), path.size());
        if (path.substr(0, end) == part)
            return true;
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return false;
}

/// What of `path` comes behind the folder; empty when it is not below.
std::string_view below(std::string_view folder, std::string_view path)
{
    bool const inside = path.size() > folder.size() + 1 && path.starts_with(folder) &&
                        (path[folder.size()] == '/' || folder == "/");
    return inside ? path.substr(folder == "/" ? 1 : folder.size() + 1) : std::string_view();
}

/// Opens a regular file without following links, whatever changed since its path was resolved.
result<int> open_without_links(int folder, std::string_view place)
{
    held_descriptor here(-1);
    auto const base = [&] { return here.get() < 0 ? folder : here.get(); };
    for (auto slash = place.find('/'); slash != std::string_view::npos; slash = place.find('/')) {
        std::string const part(place.substr(0, slash));
        place.remove_prefix(slash + 1);
        int const next =
            ::openat(base(), part.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (next < 0)
            return system_error();
        here.reset(next);
    }
    std::string const last(place);
    struct stat status {};
    if (::fstatat(base(), last.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return system_error();
    if (!S_ISREG(status.st_mode))
        return refuse("not a regular file");
    constexpr int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW;
    int const file = ::openat(base(), last.c_str(), flags);
    if (file < 0)
        return system_error();
    return file;
}

}  // namespace

result<std::unique_ptr<folder>> folder::around(std::string const& path, page_options pages)
{
    auto const slash = path.rfind('/');
    auto given = slash == std::string::npos ? std::string(".") : path.substr(0, slash);
    if (given.empty())
        given = "/";
    auto real = real_path(given);
    if (!real)
        return real.error().within(given);
    int const descriptor = ::open(real->c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return system_error().within(given);
    return std::unique_ptr<folder>(new folder(std::move(given), std::move(*real), descriptor, pages)
    );
}

folder::folder(std::string given, std::string real, int descriptor, page_options pages)
    : given_(std::move(given)), real_(std::move(real)), descriptor_(descriptor), pages_(pages)
{}

folder::~folder()
{
    ::close(descriptor_);
}

/// Where the file of that name is, from the folder on and without links.
result<std::string> folder::place_of(std::string const& name) const
{
    if (name.empty() || name.find('\0') != std::string::npos)
        return refuse("its name is none");
    if (has_part(name, ".."))
        return refuse("its name leads out of the folder of the file that names it");
    auto place = std::string_view(name);
    if (name.front() == '/') {
        place = below(real_, name);
        if (place.empty())
            place = below(given_, name);
        if (place.empty())
            return refuse("it is not in the folder of the file that names it");
    }
    auto const real = real_path(real_ + "/" + std::string(place));
    if (!real)
        return real.error();
    auto const inside = below(real_, *real);
    if (inside.empty())
        return refuse("a link leads out of the folder of the file that names it");
    return std::string(inside);
}

result<std::shared_ptr<source>> folder::open(std::string const& name)
{
    auto const place = place_of(name);
    if (!place)
        return place.error().within(name);
    auto const descriptor = open_without_links(descriptor_, *place);
    if (!descriptor)
        return descriptor.error().within(name);
    auto file = file_source::adopt(*descriptor, (real_ == "/" ? "" : real_) + "/" + *place);
    if (!file)
        return file.error();
    return std::make_shared<page_source>(std::move(*file), pages_);
}

}  // namespace lindi::io
