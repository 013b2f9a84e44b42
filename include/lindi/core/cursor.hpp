/// \file
/// Reads fields from a block of bytes: little-endian, never past the end, remembering the first
/// failure.
///
/// After a failure every read returns 0 and changes nothing, so that a decoder reads straight down
/// and asks once, in `finish`. Before a value decides a loop, an allocation or an offset, ask
/// first: `room_for`, `require`, `ok`. doc/decoding-contract.md says what a decoder promises.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/error.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace lindi {

class cursor {
public:
    /// \param structure  name for errors; a literal
    cursor(block_view from, char const* structure) noexcept : from_(from), structure_(structure) {}

    std::uint8_t u8() { return number<std::uint8_t>(); }
    std::uint16_t u16() { return number<std::uint16_t>(); }
    std::uint32_t u32() { return number<std::uint32_t>(); }
    std::uint64_t u64() { return number<std::uint64_t>(); }
    /// An unsigned little-endian number of `width` bytes, 0 to 8.
    std::uint64_t uint(unsigned width)
    {
        // nearly always: addresses and lengths
        return width == 8 ? u64() : narrow_uint(width);
    }
    /// The next `count` bytes, which stay where they are; empty after a failure.
    block_view take(std::uint64_t count)
    {
        if (!has(count))
            return {{}, at()};
        block_view const out{from_.bytes.subspan(position_, static_cast<std::size_t>(count)), at()};
        position_ += static_cast<std::size_t>(count);
        return out;
    }
    /// Bytes up to the next NUL, which is passed over; fails when there is none.
    std::string_view c_string();
    void skip(std::uint64_t count) { take(count); }
    /// Passes over bytes until the position is a multiple of `alignment`, counted from the block's
    /// start.
    void align(std::size_t alignment);

    /// Fails with bad_signature unless the next four bytes are these.
    void expect_signature(std::string_view four);
    /// Reads a version byte and fails with unsupported_version outside [low, high].
    std::uint8_t expect_version(std::uint8_t low, std::uint8_t high);
    /// Fails with `code` unless `condition`; `detail` says what was wrong. \return ok()
    bool require(bool condition, errc code, char const* detail)
    {
        if (!condition) [[unlikely]]
            refuse(code, detail);
        return ok();
    }
    /// Fails with truncated unless `count` items of `width` bytes each are left. \return ok()
    bool room_for(std::uint64_t count, std::uint64_t width);
    void fail(errc code, std::string detail);

    bool ok() const noexcept { return !error_.has_value(); }
    std::size_t position() const noexcept { return position_; }
    std::size_t remaining() const noexcept { return from_.size() - position_; }
    /// File offset of the next byte.
    std::uint64_t at() const noexcept { return from_.at + position_; }
    char const* structure() const noexcept { return structure_; }
    /// The bytes not read yet.
    block_view rest() const noexcept { return from_.sub(position_, remaining()); }

    /// The value, or the first failure.
    template <class T>
    [[nodiscard]] result<std::remove_cvref_t<T>> finish(T&& value)
    {
        if (error_)
            return *error_;
        return std::forward<T>(value);
    }
    /// The first failure. \pre !ok()
    error const& failure() const { return *error_; }
    /// Takes over the failure of a nested decoder.
    void adopt(error const& nested);

private:
    /// What decoders do most, so that it is worth being inline.
    bool has(std::uint64_t count)
    {
        if (ok() && count <= remaining()) [[likely]]
            return true;
        return fail_short();
    }
    template <class T>
    T number()
    {
        if (!has(sizeof(T)))
            return 0;
        auto const value =
            little_endian<T>(from_.bytes.data() + position_, std::make_index_sequence<sizeof(T)>());
        position_ += sizeof(T);
        return value;
    }
    /// Compilers make one load of it; of a loop they do not.
    template <class T, std::size_t... I>
    static T little_endian(std::byte const* from, std::index_sequence<I...>)
    {
        return static_cast<T>(((std::to_integer<std::uint64_t>(from[I]) << 8 * I) | ...));
    }
    std::uint64_t narrow_uint(unsigned width);
    void refuse(errc code, char const* detail);
    /// \return false
    bool fail_short();

    block_view from_;
    std::size_t position_ = 0;
    char const* structure_;
    std::optional<error> error_;
};

}  // namespace lindi
