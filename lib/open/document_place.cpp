#include "document_place.hpp"

#include <algorithm>
#include <filesystem>

namespace lindi::open {
namespace {

namespace fs = std::filesystem;

error refuse(std::string why)
{
    return error(
        std::make_error_code(std::errc::permission_denied),
        error::nowhere,
        "reference",
        std::move(why)
    );
}

/// Scheme, server and port of a URL: what is in front of its path.
std::string server_of(std::string const& url)
{
    auto const start = url.find("://");
    if (start == url.npos)
        return {};
    auto out = url.substr(0, url.find_first_of("/?#", start + 3));
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    });
    return out;
}

/// Whether a relative path could lead out of its folder.
bool climbs(std::string_view path)
{
    while (!path.empty()) {
        auto const part = path.substr(0, path.find('/'));
        if (part == "..")
            return true;
        path.remove_prefix(std::min(part.size() + 1, path.size()));
    }
    return false;
}

/// Whether a path, symbolic links followed, lies in a folder.
bool lies_in(fs::path const& folder, fs::path const& path)
{
    std::error_code failed;
    auto const inside = fs::weakly_canonical(path, failed);
    auto const outside = failed ? fs::path() : fs::weakly_canonical(folder, failed);
    if (failed)
        return false;
    auto const relative = inside.lexically_relative(outside);
    return !relative.empty() && *relative.begin() != "..";
}

result<allowed_name> allow_url(document_place const& place, std::string const& url)
{
    static constexpr std::string_view schemes[] = {"http", "https", "s3"};
    auto const server = server_of(url);
    auto const scheme = std::string_view(server).substr(0, server.find("://"));
    if (std::find(std::begin(schemes), std::end(schemes), scheme) == std::end(schemes))
        return error(
            errc::unsupported,
            error::nowhere,
            "reference",
            "URLs that begin with " + std::string(scheme)
        );
    return allowed_name{url, !place.is_remote || server == server_of(place.folder)};
}

result<allowed_name>
allow_relative(document_place const& place, trust const& rules, std::string name)
{
    bool const own = name.starts_with("./");
    if (climbs(name) || name.find('\0') != name.npos || name.find('\\') != name.npos)
        return refuse("a relative path has to stay inside the document's folder: " + name);
    if (place.is_remote) {
        auto const plain = own ? name.substr(2) : name;
        if (plain.find_first_of("?#%") != plain.npos || plain.starts_with('/'))
            return refuse("a relative name with parts of a URL: " + name);
        return allowed_name{place.folder + plain, true};
    }
    fs::path const folder = place.folder.empty() ? "." : place.folder;
    auto const path = folder / name;
    std::error_code failed;
    if (fs::exists(path, failed)) {
        if (!lies_in(folder, path))
            return refuse("a link leads out of the document's folder: " + name);
        return allowed_name{path.string(), true};
    }
    if (!own && rules.local_files && fs::exists(name, failed))
        return allowed_name{std::move(name), true};
    return allowed_name{path.string(), true};  // opening it tells that it is not there
}

}  // namespace

document_place document_place::of(std::string const& path_or_url)
{
    document_place out;
    out.is_remote = is_url(path_or_url);
    auto const path =
        out.is_remote ? path_or_url.substr(0, path_or_url.find_first_of("?#")) : path_or_url;
    auto const server = out.is_remote ? path.find("://") + 3 : 0;
    auto const slash = path.rfind('/');
    if (slash != path.npos && slash >= server)
        out.folder = path.substr(0, slash + 1);
    else if (out.is_remote)
        out.folder = path + "/";
    return out;
}

result<allowed_name>
resolve_name(document_place const& place, trust const& rules, std::string const& name)
{
    if (is_url(name))
        return allow_url(place, name);
    if (!name.starts_with('/'))
        return allow_relative(place, rules, name);
    if (place.is_remote)
        return refuse("a document from the network names a local file: " + name);
    if (!rules.local_files)
        return refuse("a document names a local file outside of its folder: " + name);
    return allowed_name{name, true};
}

}  // namespace lindi::open
