#include <lindi/dandi/filter.hpp>

namespace lindi::dandi {
namespace {

char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

bool matches_glob(std::string_view glob, std::string_view path) noexcept
{
    // Behind the last '*' that was met: where to go on when what follows does not fit.
    std::size_t star = std::string_view::npos;
    std::size_t from = 0;
    std::size_t g = 0;
    std::size_t p = 0;
    while (p < path.size()) {
        if (g < glob.size() && glob[g] == '*') {
            star = ++g;
            from = p;
        } else if (g < glob.size() && lower(glob[g]) == lower(path[p])) {
            ++g;
            ++p;
        } else if (star != std::string_view::npos) {
            g = star;
            p = ++from;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == '*')
        ++g;
    return g == glob.size();
}

bool asset_filter::wants(asset const& one) const
{
    if (!matches_glob(glob, one.path))
        return false;
    if (one.size &&
        ((least_size && *one.size < *least_size) || (most_size && *one.size > *most_size)))
        return false;
    // ISO 8601 sorts as text.
    return modified_since.empty() || one.modified.empty() || one.modified >= modified_since;
}

}  // namespace lindi::dandi
