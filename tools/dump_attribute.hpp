/// \file
/// Attributes in the canonical JSON of `lindi dump`.

#pragma once

#include "dump_context.hpp"

namespace lindi::tools {

/// Members `space` and `shape` (null without a shape); `maxshape` too where `with_maximum` says so.
void put_space(json_writer& w, hdf5::dataspace const& space, bool with_maximum);

/// Members `nattrs`, `attr_storage` and `attrs`. Values that cannot be decoded are `error` members,
/// and added to `problems`.
void put_attributes(
    json_writer& w,
    dump_context& context,
    node::object const& object,
    std::string const& path,
    std::vector<std::string>& problems
);

}  // namespace lindi::tools
