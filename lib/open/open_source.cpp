#include <lindi/open/open_source.hpp>

#include <lindi/io/file_source.hpp>

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

result<opened_source> open_url(std::string const& url, source_options options)
{
    auto client = client_of(options);
    if (!client)
        return client.error();
    auto remote = net::http_source::open(*client, url, options.http);
    if (!remote)
        return remote.error();
    opened_source out;
    out.client = std::move(*client);
    out.reference = (*remote)->reference(options.reference);
    out.source = std::make_unique<io::page_source>(std::move(*remote), options.remote_pages);
    return out;
}

}  // namespace

io::page_options remote_pages()
{
    io::page_options out;
    out.page_size = 1024;
    out.read_ahead = 0;
    return out;
}

bool is_url(std::string_view text) noexcept
{
    auto const end = text.find("://");
    if (end == std::string_view::npos || end < 2)
        return false;
    auto const scheme = text.substr(0, end);
    return std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+'
            || c == '-' || c == '.';
    });
}

result<opened_source> open_source(std::string const& path_or_url, source_options options)
{
    return is_url(path_or_url) ? open_url(path_or_url, std::move(options)) : open_file(path_or_url, options);
}

}  // namespace lindi::open
