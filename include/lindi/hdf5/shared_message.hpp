/// \file
/// Where a shared message really is: what stands in place of its body.
/// HDF5 File Format Specification v3.0, IV.A.2 "Shared Message", versions 1 to 3.

#pragma once

#include <lindi/hdf5/file_sizes.hpp>

#include <array>

namespace lindi::hdf5 {

struct shared_message {
    enum class place { object_header, heap };
    place where = place::object_header;
    std::uint64_t header =
        undefined_address;  ///< object header that holds the message (a committed datatype)
    std::array<std::byte, 8> heap_id{};  ///< id in the fractal heap of the shared message table
    std::size_t size = 0;                ///< bytes this description takes up
};

/// \return the place, or errc::truncated, unsupported_version, bad_value
[[nodiscard]] result<shared_message> decode_shared_message(block_view b, file_sizes sizes);

}  // namespace lindi::hdf5
