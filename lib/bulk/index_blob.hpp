/// \file
/// One blob from its bytes to the text of its index.

#pragma once

#include "spool.hpp"

#include <lindi/bulk/records.hpp>
#include <lindi/bulk/settings.hpp>
#include <lindi/lindi/export.hpp>
#include <lindi/net/client_thread.hpp>

namespace lindi::bulk {

struct indexed_blob {
    std::uint64_t head_bytes = 0;  ///< of the text: what comes behind is other for each asset
    blob_content content{};
    std::uint64_t bytes = 0;  ///< read
    std::uint64_t requests = 0;
};

/// \param of         whose `url` is read
/// \param through    for URLs; null: there are none
/// \param reference  what references lead to
/// \param into       takes the text
/// \return or why there is none
result<indexed_blob> index_blob(
    dandi::asset const& of,
    net::client_thread* through,
    indexing_options const& how,
    std::string const& reference,
    spool_file& into
);

/// What references to an asset lead to.
std::string reference_of(dandi::asset const& one, reference_form form);

}  // namespace lindi::bulk
