/// \file
/// One attribute: name, type, space and value.
/// HDF5 File Format Specification v3.0, IV.A.2.m, versions 1 to 3.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>
#include <lindi/hdf5/message/datatype.hpp>

#include <string>

namespace lindi::hdf5 {

/// Parts of the message. Type and space may be shared, which only a walk can follow.
struct attribute_message {
    std::uint8_t version = 1;
    std::string name;  ///< bytes as stored, without the NUL
    character_set charset = character_set::ascii;
    bool type_is_shared = false;  ///< `type` holds a shared message description
    bool space_is_shared = false;
    block_view type;   ///< body of a datatype message
    block_view space;  ///< body of a dataspace message
    block_view
        value;  ///< everything behind; elements in the file's type, may be longer than needed
};

/// \return the parts, lying in `b`; or errc::truncated, unsupported_version, bad_value
[[nodiscard]] result<attribute_message> decode_attribute(block_view b);

}  // namespace lindi::hdf5
