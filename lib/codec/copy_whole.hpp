/// \file
/// What a filter that left the chunk alone comes to.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>

namespace lindi::codec {

inline result<bytes> copy_whole(block_view in, std::uint64_t max_size, char const* name)
{
    if (in.size() > max_size)
        return error(errc::too_large, in.at, name, "size of the chunk");
    return bytes(in.bytes.begin(), in.bytes.end());
}

}  // namespace lindi::codec
