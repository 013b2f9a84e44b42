#include <lindi/core/cursor.hpp>

#include <algorithm>

namespace lindi {

std::uint64_t cursor::narrow_uint(unsigned width)
{
    auto const field = take(width).bytes;
    std::uint64_t value = 0;
    for (std::size_t i = field.size(); i-- > 0;)
        value = value << 8 | std::to_integer<std::uint64_t>(field[i]);
    return value;
}

bool cursor::fail_short()
{
    if (ok())
        error_.emplace(errc::truncated, at(), structure_);
    return false;
}

std::string_view cursor::c_string()
{
    auto const left = rest().bytes;
    auto const nul = std::find(left.begin(), left.end(), std::byte{0});
    if (!require(nul != left.end(), errc::truncated, "text without a terminating NUL"))
        return {};
    auto const length = static_cast<std::size_t>(nul - left.begin());
    auto const text = as_text(left.first(length));
    if (ok())
        position_ += length + 1;
    return text;
}

void cursor::align(std::size_t alignment)
{
    auto const over = position_ % alignment;
    if (over != 0)
        skip(alignment - over);
}

void cursor::expect_signature(std::string_view four)
{
    auto const start = at();
    auto const found = take(four.size()).bytes;
    if (ok() && as_text(found) != four)
        error_.emplace(errc::bad_signature, start, structure_, "expected " + std::string(four));
}

std::uint8_t cursor::expect_version(std::uint8_t low, std::uint8_t high)
{
    auto const start = at();
    auto const version = u8();
    if (ok() && (version < low || version > high))
        error_.emplace(
            errc::unsupported_version, start, structure_, "version " + std::to_string(version)
        );
    return version;
}

void cursor::refuse(errc code, char const* detail)
{
    fail(code, detail);
}

bool cursor::room_for(std::uint64_t count, std::uint64_t width)
{
    if (ok() && width != 0 && count > remaining() / width)
        error_.emplace(errc::truncated, at(), structure_);
    return ok();
}

void cursor::fail(errc code, std::string detail)
{
    if (ok())
        error_.emplace(code, at(), structure_, std::move(detail));
}

void cursor::adopt(error const& nested)
{
    if (ok())
        error_ = nested;
}

}  // namespace lindi
