/// \file
/// Decoders of HDF5 filters, and which of them there are.
/// HDF5 File Format Specification v3.0, IV.A.2.l; ids beyond it: HDF5's list of registered filters.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace lindi::codec {

/// Ids of the filters known here.
enum filter_id : std::uint16_t {
    filter_deflate = 1,
    filter_shuffle = 2,
    filter_fletcher32 = 3,
    filter_szip = 4,
    filter_nbit = 5,
    filter_scaleoffset = 6,
    filter_lzo = 305,
    filter_bzip2 = 307,
    filter_lzf = 32000,
    filter_blosc = 32001,
    filter_lz4 = 32004,
    filter_bitshuffle = 32008,
    filter_zfp = 32013,
    filter_zstd = 32015,
    filter_vbz = 32020,
    filter_bitgroom = 32022,
    filter_granular_bitround = 32023,
    filter_blosc2 = 32026,
};

/// The values that the filter pipeline message stores with a filter.
using client_values = std::span<std::uint32_t const>;

/// One filter of a dataset's pipeline. A view: whoever makes it keeps name and values alive.
/// Whether the filter is optional does not matter to a reader: an applied filter must be undone.
struct filter_call {
    std::uint16_t id = 0;
    std::string_view name{};  ///< for errors; may be empty
    client_values client_data{};
};

/// Undoes one filter. Chunks are decoded on several threads at the same time, so it keeps nothing
/// between calls, unless it locks. What it throws, the caller who reads gets; the decoders here
/// throw nothing but `std::bad_alloc`.
///
/// \param in        what the filter wrote; `at` is its place in the file
/// \param values    the filter's client data
/// \param max_size  no output is longer than this many bytes, nor is more memory set aside for it
/// \return the bytes that the filter was given, or
///   errc::truncated    `in` ends too early
///   errc::bad_value    `in` or `values` contradict the filter's format
///   errc::bad_checksum a checksum of the format does not match
///   errc::too_large    the output would be longer than `max_size`
///   errc::unsupported  a variant of the format that this library cannot handle
using decode_function =
    std::function<result<bytes>(block_view in, client_values values, std::uint64_t max_size)>;

/// What there is to undo one filter with.
struct decoder {
    std::string name;
    decode_function decode;  ///< empty: known by name, not built in
};

/// Decoders by filter id. A value: copy it, add to it. A program with a filter of its own takes
/// `built_in_filters()`, adds the decoder and hands the registry to `node::file`; doc/filters.md
/// has an example.
class registry {
public:
    /// Adds a decoder, in place of any that has the id.
    void add(std::uint16_t id, decoder d) { decoders_.insert_or_assign(id, std::move(d)); }
    /// The decoder of a filter, or null. Lives until the registry changes.
    decoder const* find(std::uint16_t id) const noexcept
    {
        auto const found = decoders_.find(id);
        return found == decoders_.end() ? nullptr : &found->second;
    }
    /// Whether the filter can be undone.
    bool has(std::uint16_t id) const noexcept
    {
        auto const* const d = find(id);
        return d != nullptr && d->decode;
    }

private:
    std::map<std::uint16_t, decoder> decoders_;
};

/// Every filter of `filter_id`. Those whose library was absent from the build are there by name
/// only.
registry built_in_filters();

}  // namespace lindi::codec
