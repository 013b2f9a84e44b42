/// \file
/// Why a blob could not be indexed, as a word that people count and scripts act on.

#pragma once

#include <lindi/core/error.hpp>

#include <optional>
#include <string_view>

namespace lindi::bulk {

enum class failure_kind : unsigned char {
    network,      ///< no connection, or it broke
    timeout,      ///< the server did not answer in time
    throttled,    ///< 429 or 503 until the end
    http_5xx,     ///< the server failed in another way
    http_4xx,     ///< the server refuses: none of those below
    forbidden,    ///< 401 or 403: embargoed, or no token
    missing,      ///< 404 or 410, or no such local file
    bad_server,   ///< it answers with something else than what was asked for
    changed,      ///< the file changed while it was read
    not_hdf5,     ///< no HDF5 signature
    truncated,    ///< the file ends before it says that it does
    damaged,      ///< HDF5, but its root cannot be read
    unsupported,  ///< something that this program does not know
    limit,        ///< it would have cost more time, bytes, requests or memory than allowed
    output,       ///< the index could not be written
    conflict,     ///< somebody else wrote the output at the same time
    cancelled,    ///< somebody stopped the program
    internal,     ///< a bug, or memory ran out
};

inline constexpr std::size_t failure_kind_count = 18;

/// "http-5xx", "not-hdf5", ...
std::string_view name_of(failure_kind kind) noexcept;
std::optional<failure_kind> failure_kind_named(std::string_view name) noexcept;

/// Whether another attempt may help.
bool may_pass(failure_kind kind) noexcept;

/// Of an answer of a server; 0: there was none.
unsigned http_status_of(error const& why) noexcept;

/// \param why  what opening or indexing failed with
failure_kind classify(error const& why) noexcept;

}  // namespace lindi::bulk
