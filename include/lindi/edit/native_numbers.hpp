/// \file
/// Numbers of this machine, whatever their type: what datasets are written from.

#pragma once

#include <lindi/api/convert.hpp>

#include <cstdint>
#include <span>

namespace lindi::edit {

struct native_type {
    char letter = 'f';  ///< b, i, u or f, as numpy has them
    std::size_t size = 8;

    template <number T>
    static constexpr native_type of() noexcept
    {
        if constexpr (std::same_as<T, bool>)
            return {'b', sizeof(bool)};
        else if constexpr (std::floating_point<T>)
            return {'f', sizeof(T)};
        else
            return {std::is_signed_v<T> ? 'i' : 'u', sizeof(T)};
    }
    friend bool operator==(native_type const&, native_type const&) = default;
};

/// Numbers in a row, anywhere in memory.
struct native_numbers {
    native_type type;
    std::span<std::byte const> bytes;  ///< a multiple of type.size

    template <number T>
    native_numbers(std::span<T const> numbers) noexcept
        : type(native_type::of<T>()), bytes(std::as_bytes(numbers))
    {}
    native_numbers(native_type of, std::span<std::byte const> at) noexcept : type(of), bytes(at) {}

    std::size_t count() const noexcept { return bytes.size() / type.size; }
};

}  // namespace lindi::edit
