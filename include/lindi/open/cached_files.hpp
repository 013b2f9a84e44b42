/// \file
/// Files in the cache by their URLs.

#pragma once

#include <lindi/cache/store.hpp>
#include <lindi/net/client.hpp>

#include <string>

namespace lindi::open {

/// Removes what is kept of a URL, and that it is known.
/// \return nothing; or errc::not_found, errc::bad_value or errc::unsupported for the URL, errc::io
result<void> forget(cache::store& from, net::client_options const& options, std::string const& url);

/// Asks the URL what it is, and remembers it, so that ranges can be kept of it.
/// \return the content; or as open_source, and errc::unsupported when the server tells too little
/// to know the content again
result<cache::content_key> identify(
    cache::store& into,
    std::shared_ptr<net::client> through,
    std::string const& url,
    std::uint64_t& size
);

}  // namespace lindi::open
