#include "paths.hpp"

#include <lindi/core/utf8.hpp>

namespace lindi::edit {
namespace {

result<void> check_name(std::string_view name)
{
    char const* why = nullptr;
    if (name == "." || name == "..")
        why = "paths are not relative here: \".\" and \"..\" are no names";
    else if (name.find('\\') != name.npos)
        why = "Zarr takes a backslash for a slash";
    else if (name.find('\0') != name.npos)
        why = "a name with a NUL";
    else if (name == ".zgroup" || name == ".zarray" || name == ".zattrs" || name == ".zmetadata")
        why = "Zarr's own names";
    else if (!is_utf8(name))
        why = "a name that is no UTF-8";
    if (why != nullptr)
        return error(errc::bad_value, error::nowhere, "path", why);
    return {};
}

}  // namespace

result<std::string> join_path(std::string_view base, std::string_view path)
{
    std::string out = path.starts_with('/') ? std::string() : std::string(base);
    while (!path.empty()) {
        auto const end = std::min(path.find('/'), path.size());
        auto const name = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        if (name.empty())
            continue;
        if (auto const checked = check_name(name); !checked)
            return checked.error();
        out += out.empty() ? "" : "/";
        out += name;
    }
    return out;
}

std::string_view parent_of(std::string_view path) noexcept
{
    auto const slash = path.rfind('/');
    return slash == path.npos ? std::string_view() : path.substr(0, slash);
}

std::string_view name_of(std::string_view path) noexcept
{
    auto const slash = path.rfind('/');
    return slash == path.npos ? path : path.substr(slash + 1);
}

std::string key_of(std::string_view path, std::string_view leaf)
{
    std::string out(path);
    out += path.empty() ? "" : "/";
    return out += leaf;
}

bool is_within(std::string_view path, std::string_view folder) noexcept
{
    return path.starts_with(folder) &&
           (folder.empty() || path.size() == folder.size() || path[folder.size()] == '/');
}

std::string absolute(std::string_view path)
{
    return "/" + std::string(path);
}

}  // namespace lindi::edit
