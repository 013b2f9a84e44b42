#include "types.hpp"

#include <lindi/hdf5/message/dataspace.hpp>
#include <lindi/hdf5/message/datatype.hpp>

namespace lindi::node {

task<result<hdf5::datatype_ptr>> read_type(file& f, hdf5::header_message message)
{
    auto const body = co_await read_message_body(f, message);
    if (!body)
        co_return body.error();
    auto type = hdf5::decode_datatype(body->view, f.sizes(), f.limits().type_nesting);
    if (!type || body->committed_at == hdf5::undefined_address)
        co_return type;
    auto committed = std::make_shared<hdf5::datatype>(**type);
    committed->committed_at = body->committed_at;
    co_return hdf5::datatype_ptr(std::move(committed));
}

task<result<hdf5::dataspace>> read_space(file& f, hdf5::header_message message)
{
    auto const body = co_await read_message_body(f, message);
    if (!body)
        co_return body.error();
    co_return hdf5::decode_dataspace(body->view, f.sizes());
}

}  // namespace lindi::node
