#include "inflate.hpp"

#include <lindi/codec/gzip.hpp>

namespace lindi::codec {

result<bytes> decode_gzip(block_view in, client_values, std::uint64_t max_size)
{
    return inflate_all(in, deflate_wrapper::gzip, "gzip codec", max_size);
}

}  // namespace lindi::codec
