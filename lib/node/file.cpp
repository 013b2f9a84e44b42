#include <lindi/core/checked.hpp>
#include <lindi/node/file.hpp>

#include <algorithm>

namespace lindi::node {

result<std::uint64_t> file::offset_of(std::uint64_t address, char const* structure) const
{
    if (address == hdf5::undefined_address)
        return error(errc::bad_value, error::nowhere, structure, "its address is undefined");
    auto const offset = checked_add(contents.file.superblock.base_address, address);
    if (!offset || *offset >= reader_->end_of(*offset))
        return error(
            errc::truncated, address, structure, "its address is past the end of the file"
        );
    return *offset;
}

task<result<block>> file::read(std::uint64_t address, std::uint64_t size, char const* structure)
{
    auto const offset = offset_of(address, structure);
    if (!offset)
        co_return offset.error();
    if (size > reader_->end_of(*offset) - *offset)
        co_return error(errc::truncated, *offset, structure, "it runs past the end of the file");
    co_return co_await reader_->read({*offset, size}, structure);
}

task<result<block>>
file::read_up_to(std::uint64_t address, std::uint64_t size, char const* structure)
{
    auto const offset = offset_of(address, structure);
    if (!offset)
        co_return offset.error();
    auto const count = std::min(size, reader_->end_of(*offset) - *offset);
    co_return co_await reader_->read({*offset, count}, structure);
}

}  // namespace lindi::node
