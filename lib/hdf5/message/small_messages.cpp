#include <lindi/hdf5/message/small_messages.hpp>

#include <chrono>

namespace lindi::hdf5 {
namespace {

/// A decimal number of so many digits.
unsigned read_digits(cursor& c, unsigned count)
{
    unsigned value = 0;
    for (unsigned i = 0; i < count; ++i) {
        auto const digit = c.u8();
        c.require(digit >= '0' && digit <= '9', errc::bad_value, "not a digit");
        value = value * 10 + (digit - unsigned{'0'});
    }
    return value;
}

/// Passes over the addresses of free-space managers, which only a persisting strategy has.
void skip_managers(cursor& c, file_space_info const& info, file_sizes sizes, unsigned count)
{
    if (info.persists)
        c.skip(std::uint64_t{count} * sizes.offsets);
}

void read_version_0(cursor& c, file_space_info& out, file_sizes sizes)
{
    constexpr unsigned managers = 6;
    out.strategy = c.u8();
    c.require(out.strategy >= 1 && out.strategy <= 4, errc::bad_value, "unknown strategy");
    out.persists = out.strategy == 1;
    out.threshold = sizes.read_length(c);
    skip_managers(c, out, sizes, managers);
}

void read_version_1(cursor& c, file_space_info& out, file_sizes sizes)
{
    constexpr std::uint64_t max_page_size = std::uint64_t{1} << 30;
    constexpr unsigned managers = 12;
    out.strategy = c.u8();
    c.require(out.strategy <= 3, errc::bad_value, "unknown strategy");
    out.persists = c.u8() != 0;
    out.threshold = sizes.read_length(c);
    out.page_size = sizes.read_length(c);
    c.require(
        out.page_size != 0 && out.page_size <= max_page_size, errc::bad_value, "size of a page"
    );
    c.skip(2);                    // threshold of metadata at the end of a page
    (void)sizes.read_address(c);  // end of the file without the managers
    skip_managers(c, out, sizes, managers);
}

}  // namespace

result<io::byte_range> decode_continuation(block_view b, file_sizes sizes)
{
    cursor c(b, "object header continuation message");
    io::byte_range out;
    out.offset = sizes.read_address(c);
    out.size = sizes.read_length(c);
    c.require(out.size != 0, errc::bad_value, "empty block");
    return c.finish(out);
}

result<std::string> decode_comment(block_view b)
{
    cursor c(b, "object comment message");
    std::string out(c.c_string());
    return c.finish(out);
}

result<std::uint32_t> decode_modification_time(block_view b)
{
    cursor c(b, "object modification time message");
    c.expect_version(1, 1);
    c.skip(3);
    auto const seconds = c.u32();
    return c.finish(seconds);
}

result<std::uint32_t> decode_old_modification_time(block_view b)
{
    namespace chr = std::chrono;
    cursor c(b, "old object modification time message");
    chr::year const year(static_cast<int>(read_digits(c, 4)));
    chr::month const month(read_digits(c, 2));
    chr::day const day(read_digits(c, 2));
    auto const hour = read_digits(c, 2);
    auto const minute = read_digits(c, 2);
    auto const second = read_digits(c, 2);

    chr::year_month_day const date(year, month, day);
    c.require(date.ok() && hour < 24 && minute < 60 && second <= 60, errc::bad_value, "no date");
    if (!c.ok())
        return c.failure();
    auto const days = chr::sys_days(date).time_since_epoch().count();
    auto const seconds = std::int64_t{days} * 86400 + hour * 3600 + minute * 60 + second;
    c.require(seconds >= 0 && seconds <= 0xffffffff, errc::bad_value, "outside 1970 to 2106");
    return c.finish(static_cast<std::uint32_t>(seconds));
}

result<std::uint32_t> decode_reference_count(block_view b)
{
    cursor c(b, "object reference count message");
    c.expect_version(0, 0);
    auto const count = c.u32();
    return c.finish(count);
}

result<btree_k> decode_btree_k(block_view b)
{
    cursor c(b, "B-tree K values message");
    c.expect_version(0, 0);
    btree_k out;
    out.chunk_k = c.u16();
    out.group_internal_k = c.u16();
    out.group_leaf_k = c.u16();
    c.require(
        out.chunk_k != 0 && out.group_internal_k != 0 && out.group_leaf_k != 0,
        errc::bad_value,
        "K is 0"
    );
    return c.finish(out);
}

result<file_space_info> decode_file_space_info(block_view b, file_sizes sizes)
{
    cursor c(b, "file space info message");
    file_space_info out;
    out.version = c.expect_version(0, 1);
    if (out.version == 0)
        read_version_0(c, out, sizes);
    else
        read_version_1(c, out, sizes);
    return c.finish(out);
}

result<io::byte_range> decode_cache_image_message(block_view b, file_sizes sizes)
{
    cursor c(b, "metadata cache image message");
    c.expect_version(0, 0);
    io::byte_range out;
    out.offset = sizes.read_address(c);
    out.size = sizes.read_length(c);
    return c.finish(out);
}

}  // namespace lindi::hdf5
