#include "blob_names.hpp"

#include <algorithm>

namespace lindi::edit {
namespace {

constexpr std::size_t longest_plain_path = 70;  // of the 100 that a tar has

bool is_plain(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

}  // namespace

bool is_plain_path(std::string_view path) noexcept
{
    if (path.empty() || path.size() > longest_plain_path)
        return false;
    for (bool more = true; more;) {
        auto const slash = path.find('/');
        auto const part = path.substr(0, slash);
        if (part.empty() || part == "." || part == ".." ||
            !std::all_of(part.begin(), part.end(), is_plain))
            return false;
        more = slash != path.npos;
        path.remove_prefix(more ? slash + 1 : path.size());
    }
    return true;
}

std::string numbered_blob_name(std::uint64_t number)
{
    return std::string(blob_folder) + std::to_string(number);
}

std::string blob_name(std::string_view key, std::uint64_t version)
{
    if (!is_plain_path(key))
        return numbered_blob_name(version);
    auto const plain = std::string(blob_folder).append(key);
    return version == 0 ? plain : plain + ".v" + std::to_string(version);
}

}  // namespace lindi::edit
