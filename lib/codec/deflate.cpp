#include "inflate.hpp"

#include <lindi/codec/deflate.hpp>

namespace lindi::codec {

result<bytes> decode_deflate(block_view in, client_values, std::uint64_t max_size)
{
    return inflate_all(in, deflate_wrapper::zlib, "deflate filter", max_size);
}

}  // namespace lindi::codec
