// Every message of an object header but datatypes: all decoders see the same bytes, as a damaged
// header may give any message to any of them.

#include "input.hpp"

#include <lindi/hdf5/driver_info.hpp>
#include <lindi/hdf5/message/attribute.hpp>
#include <lindi/hdf5/message/attribute_info.hpp>
#include <lindi/hdf5/message/dataspace.hpp>
#include <lindi/hdf5/message/external_files.hpp>
#include <lindi/hdf5/message/fill_value.hpp>
#include <lindi/hdf5/message/filter_pipeline.hpp>
#include <lindi/hdf5/message/layout.hpp>
#include <lindi/hdf5/message/link.hpp>
#include <lindi/hdf5/message/link_info.hpp>
#include <lindi/hdf5/message/small_messages.hpp>
#include <lindi/hdf5/shared_message.hpp>

namespace {

namespace h5 = lindi::hdf5;

void decode_links(lindi::block_view body, h5::file_sizes sizes)
{
    (void)h5::decode_link(body, sizes);
    (void)h5::decode_link_info(body, sizes);
    (void)h5::decode_link_record(body, 5);
    (void)h5::decode_link_record(body, 6);
}

void decode_attributes(lindi::block_view body, h5::file_sizes sizes)
{
    (void)h5::decode_attribute(body);
    (void)h5::decode_attribute_info(body, sizes);
    (void)h5::decode_attribute_record(body, 8);
    (void)h5::decode_attribute_record(body, 9);
}

void decode_storage(lindi::block_view body, h5::file_sizes sizes)
{
    (void)h5::decode_dataspace(body, sizes);
    (void)h5::decode_layout(body, sizes);
    (void)h5::decode_fill_value(body);
    (void)h5::decode_old_fill_value(body);
    (void)h5::decode_filter_pipeline(body);
    (void)h5::decode_external_files(body, sizes);
}

void decode_driver(lindi::block_view body)
{
    (void)h5::decode_driver_info(body);
    (void)h5::decode_driver_block_size(body);
    auto const block = h5::decode_driver_block(body);
    if (!block)
        return;
    (void)h5::decode_family_info(*block);
    (void)h5::decode_multi_info(*block);
}

void decode_small(lindi::block_view body, h5::file_sizes sizes)
{
    (void)h5::decode_continuation(body, sizes);
    (void)h5::decode_comment(body);
    (void)h5::decode_modification_time(body);
    (void)h5::decode_old_modification_time(body);
    (void)h5::decode_reference_count(body);
    (void)h5::decode_btree_k(body);
    (void)h5::decode_file_space_info(body, sizes);
    (void)h5::decode_cache_image_message(body, sizes);
    (void)h5::decode_shared_message(body, sizes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const [sizes, body] = lindi::fuzz::split(data, size);
    decode_links(body, sizes);
    decode_attributes(body, sizes);
    decode_storage(body, sizes);
    decode_driver(body);
    decode_small(body, sizes);
    return 0;
}
