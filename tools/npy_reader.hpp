/// \file
/// Reads the header of NumPy's .npy files: NumPy Enhancement Proposal 1, versions 1.0 to 3.0.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>

#include <string>
#include <vector>

namespace lindi::tools {

struct npy_description {
    std::string dtype;  ///< "<f8", "|S3", "|b1"
    bool fortran_order = false;
    std::vector<std::uint64_t> shape;
    std::uint64_t data = 0;  ///< offset of the first element
};

/// First bytes of a file that are enough for `read_npy_header` as long as it is no structure of
/// hundreds of fields.
inline constexpr std::size_t npy_header_room = 65536;

/// \param start  of the file
/// \return what it says; or errc::bad_signature, errc::unsupported_version, errc::truncated (the
///   header is longer than `start`), errc::unsupported (structures, objects), errc::bad_value,
///   errc::too_large (more than 32 dimensions)
[[nodiscard]] result<npy_description> read_npy_header(block_view start);

}  // namespace lindi::tools
