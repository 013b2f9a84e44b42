/// \file
/// Datasets in the canonical JSON of `lindi dump`.

#pragma once

#include "dump_context.hpp"

namespace lindi::tools {

/// Members of a dataset's record: space, dtype, layout, filters, fill and where the data are.
/// What cannot be decoded is added to `problems`.
void put_dataset(
    json_writer& w,
    dump_context& context,
    node::dataset const& data,
    std::string const& path,
    std::vector<std::string>& problems
);

}  // namespace lindi::tools
