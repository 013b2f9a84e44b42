/// \file
/// The codecs of Zarr version 2 arrays, as numcodecs defines them.

#pragma once

#include <lindi/codec/codec.hpp>
#include <lindi/core/json_reader.hpp>

#include <span>
#include <string>

namespace lindi::zarr {

/// A codec with its configuration. Members that its id does not have mean nothing.
struct codec_call {
    std::string id;
    std::uint64_t element_size = 4;  ///< shuffle, bytes
    std::string dtype;               ///< delta, fixedscaleoffset: of the decoded numbers
    std::string astype;              ///< the same, of the encoded ones; empty: as `dtype`
    double offset = 0;               ///< fixedscaleoffset
    double scale = 1;                ///< fixedscaleoffset
    int level = 1;                   ///< zlib, gzip
};

/// Reads a configuration: an object with an `id`. Members that nothing here needs are passed over.
codec_call take_codec(json_reader& r);

/// Whether the codec makes objects of bytes: json2, vlen-utf8, vlen-bytes. Such a codec is first in
/// the order of writing, and `decode_codecs` does not know it.
bool is_object_codec(codec_call const& call) noexcept;

/// Undoes codecs, the last one first.
/// \param calls     in the order of writing, none of them an object codec
/// \param max_size  of the result, and of what is between the codecs eight times as much
/// \return the bytes; or what a decoder returned, with the codec in the trail;
///   errc::missing_filter for codecs that are not known
[[nodiscard]] result<lindi::bytes>
decode_codecs(std::span<codec_call const> calls, block_view stored, std::uint64_t max_size);

/// Applies codecs, the first one first. Blosc frames have byte shuffle and LZ4, whatever the
/// configuration says: they tell readers themselves.
/// \param calls      in the order of writing, none of them an object codec
/// \param item_size  bytes of an item, for Blosc's shuffle
/// \return the bytes; or errc::unsupported for codecs that are only read here: shuffle, zlib, gzip,
///   blosc and fletcher32 are written; errc::too_large, errc::bad_value (a level)
[[nodiscard]] result<lindi::bytes>
encode_codecs(std::span<codec_call const> calls, lindi::bytes data, std::uint64_t item_size);

/// Whether `encode_codecs` knows the codec.
bool is_encodable(codec_call const& call) noexcept;

/// The ids that `decode_codecs` knows and their HDF5 filters, 0 where there is none: for listings.
std::uint16_t filter_of_codec(std::string_view id) noexcept;

}  // namespace lindi::zarr
