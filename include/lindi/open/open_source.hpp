/// \file
/// From a path or a URL to a source that is ready for walks: the one place that knows all kinds.
///
/// Stands on `io`, `cache` and `net`; programs that only parse local files or memory need not link
/// it.

#pragma once

#include <lindi/cache/cached_source.hpp>
#include <lindi/io/file_set.hpp>
#include <lindi/io/page_source.hpp>
#include <lindi/net/http_source.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace lindi::open {

/// Local files are read in small pieces: asking the system again costs less than copying 8 KiB
/// more.
io::page_options local_pages();

/// Remote files keep small pages and read nothing ahead: metadata lies scattered between raw data,
/// and what is worth reading along is decided by the measured cost of a request.
io::page_options remote_pages();

struct source_options {
    /// For URLs. Null: a client with the environment's settings, made when a URL is opened.
    std::shared_ptr<net::client> client{};
    net::http_options http{};
    io::page_options local_pages = open::local_pages();
    io::page_options remote_pages = open::remote_pages();
    net::reference_url reference = net::reference_url::as_given;
    /// Where ranges of URLs are kept; null: nowhere. One small request finds out whether they are
    /// still right, and none for assets and blobs of DANDI archives, which never change.
    std::shared_ptr<cache::store> cache{};
    /// Asked for `cache` when a URL is opened and there is none. A store is opened once only.
    std::function<result<std::shared_ptr<cache::store>>()> find_cache{};
    bool offline = false;     ///< no request at all: the cache has it, or it is errc::not_found
    bool revalidate = false;  ///< asks also about what never changes
};

struct opened_source {
    std::unique_ptr<io::source> source{};
    std::string reference{};                ///< what a LINDI file that is made from it should name
    std::shared_ptr<net::client> client{};  ///< null for local files; `stop` ends running requests
    /// The cache within `source`; null when there is none.
    cache::cached_source const* cached = nullptr;
};

/// Whether the text is a URL and not a path: it starts with a scheme of two or more characters and
/// "://".
bool is_url(std::string_view text) noexcept;

/// $LINDI_CACHE_DIR, else lindi in $XDG_CACHE_HOME, else in ~/.cache; empty when none of them is
/// set.
std::string default_cache_folder(net::environment const& env);

/// \param path_or_url  http, https or s3 URL, or the path of a regular file
/// \return the source with pages in front; or what io::file_source::open, net::options_from,
///   net::client::create or net::http_source::open say; errc::not_found for a URL that is not
///   cached, offline
result<opened_source> open_source(std::string const& path_or_url, source_options options = {});

/// For data in files that a file names: those in its own folder, and none for a URL.
/// \return what opens them, or what io::folder::around says
result<std::unique_ptr<io::file_set>> files_beside(std::string const& path_or_url);

}  // namespace lindi::open
