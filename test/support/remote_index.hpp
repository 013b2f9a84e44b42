/// \file
/// A cold `lindi index` of a file behind the test server, with everything that it cost.

#pragma once

#include "http_server.hpp"

#include <lindi/lindi/index_file.hpp>
#include <lindi/net/client.hpp>
#include <lindi/open/open_source.hpp>

#include <span>
#include <string>

namespace lindi::test {

struct remote_counts {
    std::string document{};         ///< the LINDI file
    std::uint64_t round_trips = 0;  ///< waves, and the request that opens the file
    std::uint64_t requests = 0;     ///< that the server saw
    std::uint64_t bytes = 0;        ///< of bodies that the server sent
    std::uint64_t used = 0;         ///< bytes that the walk asked for
    std::uint64_t connections = 0;
    std::uint64_t objects = 0;
    double seconds = 0;
};

/// The same URL in every document, so that documents can be compared.
rfs::export_options export_as_if_elsewhere();

/// \param remote  its client is made from `settings`, never from the environment
/// \return or why the file could not be opened or indexed
result<remote_counts> index_remote(
    server_options serving,
    rfs::export_options const& exported = export_as_if_elsewhere(),
    open::source_options remote = {},
    net::client_options const& settings = {}
);

/// The same from memory. \param structures  if not null: every range that the walk asks for
result<std::string> index_local(
    std::span<std::byte const> file,
    rfs::export_options const& exported = export_as_if_elsewhere(),
    std::vector<io::byte_range>* structures = nullptr
);

}  // namespace lindi::test
