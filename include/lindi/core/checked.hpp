/// \file
/// Arithmetic on numbers from files: says so when it does not fit instead of wrapping round.

#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace lindi {

[[nodiscard]] constexpr std::optional<std::uint64_t>
checked_add(std::uint64_t a, std::uint64_t b) noexcept
{
    std::uint64_t out = 0;
    if (__builtin_add_overflow(a, b, &out))
        return std::nullopt;
    return out;
}

[[nodiscard]] constexpr std::optional<std::uint64_t>
checked_multiply(std::uint64_t a, std::uint64_t b) noexcept
{
    std::uint64_t out = 0;
    if (__builtin_mul_overflow(a, b, &out))
        return std::nullopt;
    return out;
}

/// Number of elements of a shape; 1 for rank 0, 0 as soon as one extent is 0.
[[nodiscard]] constexpr std::optional<std::uint64_t>
checked_product(std::span<std::uint64_t const> shape) noexcept
{
    for (auto const extent : shape)
        if (extent == 0)
            return 0;
    std::optional<std::uint64_t> out = 1;
    for (auto const extent : shape) {
        out = checked_multiply(*out, extent);
        if (!out)
            return std::nullopt;
    }
    return out;
}

/// ceil(a / b) without overflow. \pre b != 0
[[nodiscard]] constexpr std::uint64_t divide_up(std::uint64_t a, std::uint64_t b) noexcept
{
    return a / b + (a % b != 0 ? 1 : 0);
}

}  // namespace lindi
