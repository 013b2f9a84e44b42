/// \file
/// Where the bytes of an archive's asset are.

#pragma once

#include <lindi/dandi/archive.hpp>

namespace lindi::dandi {

/// Fills in what a listing does not tell. Open blobs are read from the bucket, where it is known:
/// no request to the API is needed.
void complete(asset& one, instance const& from, std::string dandiset, std::string version);

}  // namespace lindi::dandi
