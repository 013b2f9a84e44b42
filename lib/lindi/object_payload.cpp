#include <lindi/core/cursor.hpp>
#include <lindi/lindi/object_payload.hpp>

namespace lindi::rfs {
namespace {

/// Items of all dimensions from `shape` on. As deep as the array's rank, at most 32.
void read_items(
    json_reader& r,
    std::span<std::uint64_t const> shape,
    std::function<void(json_reader&)> const& item
)
{
    if (shape.empty())
        return item(r);
    if (r.kind() != json_kind::list)
        return r.fail(errc::bad_value, "no list for a dimension");
    r.begin_list();
    for (std::uint64_t i = 0; i < shape[0]; ++i) {
        if (!r.next())
            return r.fail(errc::bad_value, "fewer items than the chunk has");
        read_items(r, shape.subspan(1), item);
    }
    if (r.next())
        r.fail(errc::bad_value, "more items than the chunk has");
}

void expect_shape(json_reader& r, std::span<std::uint64_t const> shape)
{
    std::size_t i = 0;
    for (r.begin_list(); r.next(); ++i) {
        auto const number = r.take_number();
        auto const* const extent = std::get_if<std::int64_t>(&number);
        if (extent == nullptr || i == shape.size() || *extent < 0 ||
            static_cast<std::uint64_t>(*extent) != shape[i])
            return r.fail(errc::bad_value, "another shape than the chunk's");
    }
    if (r.ok() && i != shape.size())
        r.fail(errc::bad_value, "another shape than the chunk's");
}

}  // namespace

result<void> read_json2(
    block_view payload,
    std::span<std::uint64_t const> shape,
    std::function<void(json_reader&)> const& item
)
{
    json_reader r(as_text(payload.bytes), "json2 payload", payload.at);
    auto const rows = shape.empty() ? 1 : shape[0];
    auto const inner = shape.empty() ? shape : shape.subspan(1);
    r.begin_list();
    for (std::uint64_t i = 0; i < rows && r.ok(); ++i) {
        if (!r.next())
            r.fail(errc::bad_value, "fewer items than the chunk has");
        else
            read_items(r, inner, item);
    }
    if (r.next() && r.kind() == json_kind::text)
        r.take_raw_text();
    else
        r.fail(errc::bad_value, "no dtype behind the items");
    if (r.next())
        expect_shape(r, shape);
    if (r.next())
        r.fail(errc::bad_value, "more items than the chunk has");
    r.expect_end();
    return r.ok() ? result<void>() : r.failure();
}

result<void> read_vlen(
    block_view payload,
    std::uint64_t count,
    std::function<void(std::span<std::byte const>)> const& item
)
{
    cursor c(payload, "vlen payload");
    c.require(c.u32() == count, errc::bad_value, "another number of items than the chunk's");
    for (std::uint64_t i = 0; i < count && c.ok(); ++i) {
        auto const length = c.u32();
        auto const data = c.take(length);
        if (c.ok())
            item(data.bytes);
    }
    return c.ok() ? result<void>() : c.failure();
}

}  // namespace lindi::rfs
