/// \file
/// The sum over a dataset's elements.

#pragma once

#include "dump_context.hpp"

#include <functional>

namespace lindi::tools {

/// All elements of a dataset of the graph, with the heap objects they name.
using element_reader = std::function<result<lindi::bytes>(node::dataset const&)>;

/// Datasets of more bytes are not summed up: `data_skipped`.
inline constexpr std::uint64_t max_summed_bytes = 32 * 1024 * 1024;

/// Members `data_sha256` and `hash_mode`, or `data_skipped` or `data_error`; nothing for a null
/// dataspace.
/// \return nothing, or why there is no sum
[[nodiscard]] result<void> put_data(
    json_writer& w, dump_context& context, node::dataset const& data, element_reader const& read
);

}  // namespace lindi::tools
