#include "cache_note.hpp"

#include <lindi/cache/cached_source.hpp>
#include <lindi/io/file_source.hpp>
#include <lindi/io/folder.hpp>
#include <lindi/open/open_source.hpp>

#include <algorithm>

namespace lindi::open {
namespace {

result<opened_source> open_file(std::string const& path, source_options const& options)
{
    auto file = io::file_source::open(path);
    if (!file)
        return file.error();
    opened_source out;
    out.source = std::make_unique<io::page_source>(std::move(*file), options.local_pages);
    out.reference = path;
    return out;
}

result<std::shared_ptr<net::client>> client_of(source_options& options)
{
    if (options.client)
        return std::move(options.client);
    auto settings = net::options_from(net::process_environment());
    if (!settings)
        return settings.error();
    return net::client::create(std::move(*settings));
}

/// The remote source behind the cache, when there is one and the content can be told from others.
std::unique_ptr<io::source> with_cache(
    std::unique_ptr<net::http_source> remote, std::string const& url, source_options const& options
)
{
    auto const id = remote->content_id();
    if (!options.cache || !id)
        return remote;
    cache_note note;
    note.size = remote->size();
    note.content = *id;
    for (std::size_t form = 0; form < note.references.size(); ++form)
        note.references[form] = remote->reference(static_cast<net::reference_url>(form));
    if (auto text = write_cache_note(note); options.cache->find_note(url) != text)
        options.cache->keep_note(url, text);
    io::byte_range const first{0, std::min(note.size, options.http.first_read)};
    if (auto const bytes = remote->resident(first); bytes && !options.cache->find({*id}, first))
        options.cache->keep({*id}, *bytes);
    auto const size = remote->size();
    return std::make_unique<cache::cached_source>(
        std::move(remote), options.cache, cache::content_key{*id}, url, size
    );
}

result<opened_source> open_offline(std::string const& url, source_options const& options)
{
    auto const text = options.cache ? options.cache->find_note(url) : std::nullopt;
    auto const note = text ? parse_cache_note(*text) : std::nullopt;
    if (!note)
        return error(
                   errc::not_found,
                   error::nowhere,
                   "cache",
                   "not in it, and nothing else may be read"
        )
            .within(url);
    opened_source out;
    out.reference = note->references[static_cast<std::size_t>(options.reference)];
    auto cached = std::make_unique<cache::cached_source>(
        nullptr, options.cache, cache::content_key{note->content}, url, note->size
    );
    out.source = std::make_unique<io::page_source>(std::move(cached), options.remote_pages);
    return out;
}

result<opened_source> open_url(std::string const& url, source_options options)
{
    if (options.offline)
        return open_offline(url, options);
    auto client = client_of(options);
    if (!client)
        return client.error();
    auto remote = net::http_source::open(*client, url, options.http);
    if (!remote)
        return remote.error();
    opened_source out;
    out.client = std::move(*client);
    out.reference = (*remote)->reference(options.reference);
    auto below = with_cache(std::move(*remote), url, options);
    out.source = std::make_unique<io::page_source>(std::move(below), options.remote_pages);
    return out;
}

/// There may be hundreds of other files, so each keeps few pages.
io::page_options pages_of_others()
{
    io::page_options out;
    out.capacity = 2 * 1024 * 1024;
    return out;
}

class no_files final : public io::file_set {
public:
    result<std::shared_ptr<io::source>> open(std::string const& name) override
    {
        return error(
                   errc::unsupported,
                   error::nowhere,
                   "other file",
                   "files that a remote file names are not opened"
        )
            .within(name);
    }
};

}  // namespace

io::page_options remote_pages()
{
    io::page_options out;
    out.page_size = 1024;
    out.read_ahead = 0;
    return out;
}

std::string default_cache_folder(net::environment const& env)
{
    auto const own = net::first_set(env, {"LINDI_CACHE_DIR"});
    if (!own.empty())
        return own;
    auto const shared = net::first_set(env, {"XDG_CACHE_HOME"});
    if (!shared.empty())
        return shared + "/lindi";
    auto const home = net::first_set(env, {"HOME"});
    return home.empty() ? std::string() : home + "/.cache/lindi";
}

bool is_url(std::string_view text) noexcept
{
    auto const end = text.find("://");
    if (end == std::string_view::npos || end < 2)
        return false;
    auto const scheme = text.substr(0, end);
    return std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '+' || c == '-' || c == '.';
    });
}

result<opened_source> open_source(std::string const& path_or_url, source_options options)
{
    return is_url(path_or_url) ? open_url(path_or_url, std::move(options))
                               : open_file(path_or_url, options);
}

result<std::unique_ptr<io::file_set>> files_beside(std::string const& path_or_url)
{
    if (is_url(path_or_url))
        return std::make_unique<no_files>();
    auto folder = io::folder::around(path_or_url, pages_of_others());
    if (!folder)
        return folder.error();
    return std::move(*folder);
}

}  // namespace lindi::open
