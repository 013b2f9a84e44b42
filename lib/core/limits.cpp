#include <lindi/core/checked.hpp>
#include <lindi/core/limits.hpp>

namespace lindi {
namespace {

result<void> spend(
    std::uint64_t& used, std::uint64_t count, std::uint64_t max, std::uint64_t at, char const* name
)
{
    auto const total = checked_add(used, count);
    if (!total || *total > max)
        return error(
            errc::too_large,
            at,
            "file",
            "limit on " + std::string(name) + ", " + std::to_string(max)
        );
    used = *total;
    return {};
}

}  // namespace

budget::budget(lindi::limits const& max)
    : max_(max), bytes_bound_(max.bytes_read), start_(std::chrono::steady_clock::now())
{}

void budget::begin_walk(std::uint64_t count) noexcept
{
    auto const bound = checked_add(bytes_, count);
    bytes_bound_ = bound && *bound < max_.bytes_read ? *bound : max_.bytes_read;
}

result<void> budget::spend_bytes(std::uint64_t count, std::uint64_t at)
{
    return spend(bytes_, count, bytes_bound_, at, "bytes read");
}

result<void> budget::spend_memory(std::uint64_t count, std::uint64_t at)
{
    return spend(memory_, count, max_.memory, at, "memory");
}

result<void> budget::spend_objects(std::uint64_t count, std::uint64_t at)
{
    return spend(objects_, count, max_.objects, at, "objects");
}

result<void> budget::spend_links(std::uint64_t count, std::uint64_t at)
{
    return spend(links_, count, max_.links, at, "links");
}

result<void> budget::spend_attributes(std::uint64_t count, std::uint64_t at)
{
    return spend(attributes_, count, max_.attributes, at, "attributes");
}

result<void> budget::check_time() const
{
    if (std::chrono::steady_clock::now() - start_ <= max_.time)
        return {};
    return error(
        errc::too_large,
        error::nowhere,
        "file",
        "limit on time, " + std::to_string(max_.time.count()) + " ms"
    );
}

}  // namespace lindi
