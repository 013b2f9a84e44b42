/// \file
/// How a dataset is going to stand in a LINDI file. doc/lindi.md, "Datasets".

#pragma once

#include <lindi/core/limits.hpp>
#include <lindi/lindi/options.hpp>
#include <lindi/node/graph.hpp>
#include <lindi/zarr/dtype.hpp>

namespace lindi::rfs {

enum class data_form : std::uint8_t {
    left_out,    ///< no Zarr form
    no_chunks,   ///< metadata only: no elements, or never written
    references,  ///< a reference for every stored chunk
    pieces,      ///< references to parts of data that lie in one piece
    inlined,     ///< one encoded chunk in the LINDI file
    linked,      ///< a link to the dataset in the HDF5 file, for readers that can follow it
};

struct dataset_plan {
    data_form form = data_form::left_out;
    /// left_out, linked: the reason, in words.
    std::string why;
    /// Whether `why` is to be reported: something of the file is damaged or lost.
    bool problem = false;

    zarr::item_type item;  ///< but for left_out
    /// Of the Zarr array: [1] for scalars, inner dimensions appended.
    std::vector<std::uint64_t> shape;
    std::vector<std::uint64_t> chunks;  ///< chunk shape, as long as `shape`
    /// Whether the array is described as one chunk that is encoded by us, not as HDF5's chunks.
    bool inline_codecs = false;
    std::string filters = "null";  ///< HDF5's chunks: JSON
    std::uint32_t cut = 0;  ///< references: bytes at the end of each chunk that do not belong
    std::string fill_value = "0";  ///< JSON

    std::uint64_t offset = 0;  ///< pieces: first byte in the file
    std::uint64_t size = 0;    ///< pieces: bytes in all
};

/// Pure: what the file says and the options ask for decide. References need the chunk table; before
/// it is loaded they are what is aimed for.
/// \param file_size  bytes; data that run past it are no references, because readers take zeros for
///   them
dataset_plan plan_dataset(
    node::dataset const& data,
    export_options const& options,
    limits const& max,
    std::uint64_t file_size
);

/// Whether a dataset has a Zarr form at all. Cheap: the chunk table is not looked at.
bool has_zarr_form(node::dataset const& data);

/// Whether the plan's data come from the chunk table.
bool needs_chunk_table(node::dataset const& data, dataset_plan const& plan);

/// Turns a plan into a link to the HDF5 file, because its data cannot be had.
void make_link(dataset_plan& plan, std::string why, bool problem);

}  // namespace lindi::rfs
