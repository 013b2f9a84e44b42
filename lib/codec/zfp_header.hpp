/// \file
/// What H5Z-ZFP keeps in a filter's client data: the header that zfp writes before its streams.
/// zfp 1.0 documentation, "zfp_write_header"; H5Z-ZFP 1.1 documentation, "cd_values".

#pragma once

#include <lindi/codec/codec.hpp>

#include <array>

namespace lindi::codec {

enum class zfp_scalar { int32 = 0, int64 = 1, float32 = 2, float64 = 3 };

struct zfp_header {
    zfp_scalar scalar = zfp_scalar::int32;
    unsigned rank = 1;
    std::array<std::uint64_t, 4> shape{1, 1, 1, 1};  ///< the fastest dimension first
    std::uint64_t mode = 0;                          ///< as libzfp's zfp_stream_set_mode takes it
    bool big_endian = false;                         ///< what the dataset's type is

    std::size_t scalar_size() const noexcept
    {
        return scalar == zfp_scalar::int32 || scalar == zfp_scalar::float32 ? 4 : 8;
    }
};

/// Reads the client data. \param at  place for errors
[[nodiscard]] result<zfp_header> decode_zfp_header(client_values values, std::uint64_t at);

}  // namespace lindi::codec
