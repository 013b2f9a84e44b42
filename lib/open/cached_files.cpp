#include "cache_note.hpp"

#include <lindi/net/http_source.hpp>
#include <lindi/net/public_text.hpp>
#include <lindi/open/cached_files.hpp>

namespace lindi::open {

result<void> forget(cache::store& from, net::client_options const& options, std::string const& url)
{
    auto const facts = net::facts_of(options, url);
    if (!facts)
        return facts.error().within(net::public_name(url));
    auto const text = from.find_note(facts->stored_name);
    auto const note = text ? parse_cache_note(*text) : std::nullopt;
    if (!note)
        return error(errc::not_found, error::nowhere, "cache").within(net::public_name(url));
    from.remove_note(facts->stored_name);
    auto const removed = from.remove({note->content});
    return removed ? result<void>() : removed.error();
}

result<cache::content_key> identify(
    cache::store& into,
    std::shared_ptr<net::client> through,
    std::string const& url,
    std::uint64_t& size
)
{
    auto const facts = net::facts_of(through->options(), url);
    if (!facts)
        return facts.error().within(net::public_name(url));
    net::http_options least;
    least.first_read = 1;
    auto const remote = net::http_source::open(std::move(through), url, least);
    if (!remote)
        return remote.error();
    auto content = (*remote)->content_id();
    if (!content)
        return error(
                   errc::unsupported,
                   error::nowhere,
                   "cache",
                   "the server gives neither ETag nor date"
        )
            .within(net::public_name(url));
    size = (*remote)->size();
    into.keep_note(facts->stored_name, write_cache_note(note_of(**remote, *content)));
    return cache::content_key{std::move(*content)};
}

}  // namespace lindi::open
