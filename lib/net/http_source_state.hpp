/// \file
/// What a source behind a URL remembers. Running requests keep it alive when the source has gone.

#pragma once

#include "resource.hpp"

#include <lindi/net/http_source.hpp>

namespace lindi::net {

class http_source::state {
public:
    std::shared_ptr<client> through;
    std::string name{};
    http_options options;
    net::resource resource;
    net::identity identity{};
    block first{};
    io::source_stats stats{};
    std::uint64_t finished_waves = 0;
    std::size_t waves_in_flight = 0;
    bool is_gone = false;  ///< the source went away: nobody waits for its answers

    /// The server that has the bytes.
    host_pool& pool() const
    {
        return through->inside().pool_of(resource.target ? *resource.target : resource.origin);
    }
};

}  // namespace lindi::net
