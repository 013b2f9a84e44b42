#include <lindi/core/checked.hpp>
#include <lindi/hdf5/driver_info.hpp>

#include <algorithm>
#include <array>

namespace lindi::hdf5 {
namespace {

constexpr char const* block_name = "driver information block";
constexpr char const* contents_name = "driver information";
/// What bytes are used for: superblock, B-trees, raw data, global heaps, local heaps, headers.
constexpr std::size_t uses = 6;

/// Driver names take up eight bytes, filled up with NULs.
std::string read_name(cursor& c)
{
    auto const text = as_text(c.take(8).bytes);
    return std::string(text.substr(0, text.find('\0')));
}

driver_info read_contents(cursor& c, std::uint64_t size, std::string name)
{
    auto const contents = c.take(size).bytes;
    return {std::move(name), {contents.begin(), contents.end()}};
}

struct block_prefix {
    std::uint32_t size = 0;
    std::string name;
};

block_prefix read_prefix(cursor& c)
{
    constexpr std::uint32_t most = 64 * 1024;
    c.expect_version(0, 0);
    c.skip(3);
    auto const size = c.u32();
    c.require(size <= most, errc::too_large, "over 64 KiB");
    return {size, read_name(c)};
}

block_view view_of(driver_info const& info)
{
    return {info.contents, 0};
}

/// How many files there are: as many as kinds of use that the map leads to.
std::size_t read_file_count(cursor& c)
{
    std::array<bool, uses + 1> known{};
    for (std::size_t use = 1; use <= uses; ++use) {
        std::size_t const mapped = c.u8();
        if (c.require(mapped <= uses, errc::bad_value, "unknown kind of use"))
            known[mapped == 0 ? use : mapped] = true;
    }
    c.skip(2);
    return static_cast<std::size_t>(std::count(known.begin(), known.end(), true));
}

void check_addresses(cursor& c, std::vector<driver_member> const& sorted)
{
    std::uint64_t end = 0;
    for (auto const& member : sorted) {
        auto const next = checked_add(member.begin, member.size);
        if (!c.require(
                next && member.begin >= end, errc::bad_value, "addresses of members overlap"
            ))
            return;
        end = *next;
    }
}

}  // namespace

result<driver_info> decode_driver_info(block_view b)
{
    cursor c(b, "driver info message");
    c.expect_version(0, 0);
    auto name = read_name(c);
    auto const size = c.u16();
    auto out = read_contents(c, size, std::move(name));
    return c.finish(std::move(out));
}

result<std::size_t> decode_driver_block_size(block_view b)
{
    cursor c(b, block_name);
    auto const prefix = read_prefix(c);
    return c.finish(driver_block_prefix + prefix.size);
}

result<driver_info> decode_driver_block(block_view b)
{
    cursor c(b, block_name);
    auto prefix = read_prefix(c);
    auto out = read_contents(c, prefix.size, std::move(prefix.name));
    return c.finish(std::move(out));
}

result<std::uint64_t> decode_family_info(driver_info const& info)
{
    cursor c(view_of(info), contents_name);
    auto const size = c.u64();
    c.require(size != 0, errc::bad_value, "members without bytes");
    return c.finish(size);
}

result<std::vector<driver_member>> decode_multi_info(driver_info const& info)
{
    cursor c(view_of(info), contents_name);
    std::vector<driver_member> out(read_file_count(c));
    for (auto& member : out) {
        member.begin = c.u64();
        member.size = c.u64();
    }
    for (auto& member : out) {
        member.name = c.c_string();
        if (c.remaining() != 0)
            c.align(8);
    }
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) {
        return a.begin < b.begin || (a.begin == b.begin && a.size < b.size);
    });
    check_addresses(c, out);
    return c.finish(std::move(out));
}

}  // namespace lindi::hdf5
