#include "remote_bytes.hpp"

namespace lindi::edit {
namespace {

task<result<block>> read_range(io::reader& from, io::byte_range range)
{
    co_return co_await from.read(range);
}

}  // namespace

result<lindi::bytes> remote_bytes::read(range_of_url const& range)
{
    auto const first = files_.add(range.url);
    if (!first)
        return first.error();
    auto const end = files_.size_of(*first);
    if (!end)
        return end.error().within(range.url);
    auto const size = range.size.value_or(range.offset < *end ? *end - range.offset : 0);
    if (range.offset > *end || size > *end - range.offset)
        return error(errc::truncated, range.offset, "reference", "past the end of the file")
            .within(range.url);
    auto const got = reader_.run(read_range(reader_, {*first + range.offset, size}));
    if (!got)
        return got.error();
    auto const bytes = got->view.bytes;
    return lindi::bytes(bytes.begin(), bytes.end());
}

}  // namespace lindi::edit
