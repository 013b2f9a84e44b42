/// \file
/// Chunks of a Zarr array: stored bytes, codecs, items, elements.

#pragma once

#include <lindi/io/joined_source.hpp>
#include <lindi/lindi/object_names.hpp>
#include <lindi/node/chunk_decoder.hpp>
#include <lindi/zarr/array_form.hpp>

#include <memory>

namespace lindi::rfs {

/// What the chunks of one array have in common.
struct array_chunks {
    zarr::array_form form;
    hdf5::datatype_ptr element;  ///< what items become
    std::uint64_t elements = 0;  ///< of a chunk
    /// Chunk `n` keeps its variable-length parts in this collection + n; 0: the type has none.
    std::uint64_t first_collection = 0;
    std::shared_ptr<object_names const> names;
    /// What stands in the document lies below this address of the file's source, as JSON.
    std::uint64_t inline_end = 0;
    /// For chunks that are whole files. Outlives the decoder.
    io::joined_source* files = nullptr;
};

class array_decoder final : public node::chunk_decoder {
public:
    explicit array_decoder(array_chunks about) : about_(std::move(about)) {}

    bool is_plain(node::stored_chunk const& chunk) const noexcept override;
    result<std::uint64_t> size_of(node::stored_chunk const& chunk) const override;
    result<node::decoded_chunk> decode(
        std::uint64_t number,
        node::stored_chunk const& chunk,
        block_view stored,
        std::uint64_t needed,
        limits const& max
    ) const override;

private:
    array_chunks about_;
};

/// Bytes that the payload of an object chunk may have: few elements may be long, many have to be
/// short.
std::uint64_t largest_payload(std::uint64_t elements, limits const& max) noexcept;

/// The bytes of a chunk after all codecs but an object codec.
/// \param is_inline  `stored` is JSON
/// \param max_size   of the result
[[nodiscard]] result<lindi::bytes> undo_codecs(
    zarr::array_form const& form, bool is_inline, block_view stored, std::uint64_t max_size
);

}  // namespace lindi::rfs
