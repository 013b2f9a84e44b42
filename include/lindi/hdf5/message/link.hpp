/// \file
/// One link of a group in the new format.
/// HDF5 File Format Specification v3.0, IV.A.2.g.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>
#include <lindi/hdf5/message/datatype.hpp>

#include <optional>
#include <string>

namespace lindi::hdf5 {

enum class link_type : std::uint8_t {
    hard = 0,
    soft = 1,
    external = 64
};  // 65 to 255: user-defined

struct link {
    std::string name;       ///< bytes as stored; not empty
    std::uint8_t type = 0;  ///< link_type, or 65 to 255
    std::optional<std::uint64_t> creation_order;
    character_set charset = character_set::ascii;
    std::uint64_t header = undefined_address;  ///< hard: the object
    std::string target;                        ///< soft, external: path
    std::string target_file;                   ///< external
    std::uint8_t external_flags = 0;           ///< external: version and flags byte
    lindi::bytes user_data;                    ///< user-defined
};

/// \return the link, or errc::truncated, unsupported_version, bad_value (reserved flags or type,
/// empty name)
[[nodiscard]] result<link> decode_link(block_view b, file_sizes sizes);

}  // namespace lindi::hdf5
