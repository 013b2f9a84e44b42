#include "text.hpp"

#include <lindi/net/identity.hpp>

namespace lindi::net {
namespace {

/// Both have it: then it decides.
bool both(std::string const& a, std::string const& b)
{
    return !a.empty() && !b.empty();
}

std::string differ(char const* what, std::string const& a, std::string const& b)
{
    if (a == b)
        return {};
    return std::string(what) + " was " + printable(a) + " and is " + printable(b);
}

}  // namespace

std::string difference(identity const& first, identity const& second)
{
    if (first.size != second.size)
        return differ("size", std::to_string(first.size), std::to_string(second.size));
    if (both(first.version, second.version))
        return differ("version", first.version, second.version);
    if (first.has_strong_etag() && second.has_strong_etag())
        return differ("ETag", first.etag, second.etag);
    if (both(first.last_modified, second.last_modified))
        return differ("Last-Modified", first.last_modified, second.last_modified);
    if (both(first.etag, second.etag))
        return differ("ETag", first.etag, second.etag);
    return {};
}

}  // namespace lindi::net
