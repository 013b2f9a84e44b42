/// \file
/// An HDF5 filter pipeline as the `filters` of .zarray. doc/lindi.md, "Filters".

#pragma once

#include <lindi/hdf5/message/filter_pipeline.hpp>

#include <string>

namespace lindi::zarr {

/// What readers of stored chunks need to know.
struct filter_form {
    enum class use {
        reference,  ///< `codecs` undo the pipeline
        reencode,   ///< known filters in an order that readers get wrong: decode, then write inline
        link,       ///< a filter that Zarr has no codec for
    };

    use how = use::reference;
    std::string codecs = "null";  ///< JSON: null or a list
    /// Bytes at the end of each chunk that are no part of the reference: a last checksum behind a
    /// compressor.
    std::uint32_t cut = 0;
    std::string why;  ///< when it is not `reference`
};

/// \param element_size  bytes of the dataset's type
filter_form filters_of(hdf5::filter_pipeline const& pipeline, std::uint64_t element_size);

}  // namespace lindi::zarr
