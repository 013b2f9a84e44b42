/// \file
/// What the parts of `lindi dump` share.

#pragma once

#include "json_writer.hpp"

#include <lindi/node/graph.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lindi::tools {

/// One dump being written.
struct dump_context {
    node::graph const& graph;
    std::vector<std::string> const& paths;  ///< of each object; empty: no hard link leads there
    /// What is shared in the file is written out for each user: texts and heap objects by many
    /// elements, types by many attributes. So there is an end to the work on values, in nanoseconds
    /// or so ...
    std::uint64_t work_left;
    /// ... and to the document: what does not fit is left out.
    std::uint64_t max_output;
    bool was_cut = false;
    /// The first reference whose place cannot be read. It is written as one that leads nowhere, as
    /// libhdf5 does; `with_damage` says that it is more than that.
    std::optional<error> damaged_reference = {};

    hdf5::file_sizes sizes() const noexcept { return graph.file.superblock.sizes; }
    /// Takes the work that so many elements and bytes make from `work_left`, or fails with
    /// errc::too_large.
    [[nodiscard]] result<void> spend(std::uint64_t elements, std::uint64_t bytes);
    /// Whether the document may go on; if not, `was_cut` is set.
    bool has_room(json_writer const& w);
    /// `done`, or where it is fine `damaged_reference`, which is forgotten either way.
    [[nodiscard]] result<void> with_damage(result<void> done);
};

/// Text with every byte that is not UTF-8 as \xHH.
std::string utf8_text(std::string_view bytes);
/// A member for a name: as text, and under `<key>_hex` its bytes when they are not UTF-8.
void put_name(json_writer& w, std::string const& key, std::string_view bytes);
/// A string value: as text, or {"hex"} when it is not UTF-8.
void write_text(json_writer& w, std::string_view bytes);
void put_numbers(json_writer& w, std::string_view key, std::span<std::uint64_t const> numbers);

}  // namespace lindi::tools
