#include "input.hpp"

#include <lindi/hdf5/message/small_messages.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    namespace h5 = lindi::hdf5;
    if (size == 0)
        return 0;
    auto const [sizes, body] = lindi::fuzz::split(data, size);
    (void)h5::decode_continuation(body, sizes);
    (void)h5::decode_comment(body);
    (void)h5::decode_modification_time(body);
    (void)h5::decode_old_modification_time(body);
    (void)h5::decode_reference_count(body);
    (void)h5::decode_btree_k(body);
    (void)h5::decode_file_space_info(body, sizes);
    (void)h5::decode_cache_image_message(body, sizes);
    return 0;
}
