#include "cache_note.hpp"
#include "late_source.hpp"

#include <lindi/io/file_source.hpp>
#include <lindi/io/folder.hpp>
#include <lindi/net/public_text.hpp>
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

/// What opening a URL goes by.
struct url_opening {
    std::string url;
    source_options options;
    std::shared_ptr<net::client> client;
    net::origin_facts facts;
    std::optional<cache_note> known{};  ///< from the cache, or from the first answer
    bool was_known = false;
};

std::optional<cache_note> find_note(url_opening const& of)
{
    auto const& cache = of.options.cache;
    auto const text = cache ? cache->find_note(of.facts.stored_name) : std::nullopt;
    return text ? parse_cache_note(*text) : std::nullopt;
}

opened_source with_pages(url_opening const& of, std::unique_ptr<io::source> below)
{
    opened_source out;
    out.client = of.client;
    out.source = std::make_unique<io::page_source>(std::move(below), of.options.remote_pages);
    return out;
}

/// What the cache knows, with `below` for what it lacks; null: nothing.
opened_source open_known(url_opening const& of, std::unique_ptr<io::source> below)
{
    auto cached = std::make_unique<cache::cached_source>(
        std::move(below),
        of.options.cache,
        cache::content_key{of.known->content},
        net::public_name(of.url),
        of.known->size
    );
    if (of.was_known)
        cached->expect_hits();
    auto const* const in_front = cached.get();
    auto out = with_pages(of, std::move(cached));
    out.cached = in_front;
    out.reference = of.known->references[static_cast<std::size_t>(of.options.reference)];
    return out;
}

result<opened_source> open_offline(url_opening const& of)
{
    if (of.known)
        return open_known(of, nullptr);
    return error(
               errc::not_found,
               error::nowhere,
               "cache",
               "never read while online, and now it may not be asked for"
    )
        .within(net::public_name(of.url));
}

/// Keeps what the first request told.
void remember(url_opening& of, net::http_source& remote, std::string content)
{
    auto& cache = *of.options.cache;
    of.known = note_of(remote, std::move(content));
    if (auto text = write_cache_note(*of.known); cache.find_note(of.facts.stored_name) != text)
        cache.keep_note(of.facts.stored_name, text);
    cache::content_key const key{of.known->content};
    io::byte_range const first{0, std::min(of.known->size, of.options.http.first_read)};
    if (auto const bytes = remote.resident(first); bytes && !cache.find(key, first))
        cache.keep(key, *bytes);
}

result<opened_source> open_online(url_opening of)
{
    // What is in the cache need not come again: a byte tells whether it is still right.
    if (of.known)
        of.options.http.first_read = 1;
    if (of.known && of.facts.never_changes && !of.options.revalidate) {
        known_file known{of.url, of.known->size, of.known->content};
        return open_known(
            of, std::make_unique<late_source>(of.client, std::move(known), of.options.http)
        );
    }
    auto opened = net::http_source::open(of.client, of.url, of.options.http);
    if (!opened)
        return opened.error();
    auto remote = std::move(*opened);
    auto content = remote->content_id();
    if (of.options.cache && content) {
        remember(of, *remote, std::move(*content));
        return open_known(of, std::move(remote));
    }
    auto reference = remote->reference(of.options.reference);
    auto out = with_pages(of, std::move(remote));
    out.reference = std::move(reference);
    return out;
}

result<opened_source> open_url(std::string const& url, source_options options)
{
    auto client = client_of(options);
    if (!client)
        return client.error();
    auto facts = net::facts_of((*client)->options(), url);
    if (!facts)
        return facts.error().within(net::public_name(url));
    if (!options.cache && options.find_cache) {
        auto found = options.find_cache();
        if (!found)
            return found.error();
        options.cache = std::move(*found);
    }
    url_opening of{url, std::move(options), std::move(*client), std::move(*facts)};
    of.known = find_note(of);
    of.was_known = of.known.has_value();
    return of.options.offline ? open_offline(of) : open_online(std::move(of));
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

io::page_options local_pages()
{
    io::page_options out;
    out.page_size = 4096;
    out.capacity = 16 * 1024 * 1024;  // the system keeps the file as well
    out.read_ahead = 8192;
    out.merge_gap = 8192;
    return out;
}

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
