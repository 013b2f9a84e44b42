#include "blosc2_filters.hpp"

#include "bit_transpose.hpp"

#include <lindi/codec/shuffle.hpp>

#include <algorithm>

namespace lindi::codec {
namespace {

enum filter : std::uint8_t { none = 0, by_byte = 1, by_bit = 2, delta = 3, truncation = 4 };

/// Only elements in eights are shuffled by their bits.
void undo_bit_shuffle(
    std::span<std::byte const> in, std::size_t type_size, std::span<std::byte> out
)
{
    auto const whole = in.size() / type_size / 8 * 8 * type_size;
    unshuffle_bits(in.first(whole), type_size, out.first(whole));
    std::copy(
        in.begin() + static_cast<std::ptrdiff_t>(whole),
        in.end(),
        out.begin() + static_cast<std::ptrdiff_t>(whole)
    );
}

/// Bytes that are taken together: those of an element, if it is an integer's size.
std::size_t width_of_differences(std::size_t type_size) noexcept
{
    if (type_size % 8 == 0)
        return 8;
    return type_size == 2 || type_size == 4 ? type_size : 1;
}

}  // namespace

void require_known_filters(cursor& c, std::span<std::uint8_t const> filters)
{
    for (auto const id : filters)
        if (id > truncation)
            c.fail(errc::unsupported, "filter " + std::to_string(id) + " of Blosc2");
}

blosc2_filters::blosc2_filters(blosc2_chunk const& chunk) : chunk_(chunk), other_(chunk.block_size)
{}

std::span<std::byte const> blosc2_filters::undo(std::uint64_t start, std::span<std::byte> block)
{
    auto other = std::span(other_).first(block.size());
    for (std::size_t i = chunk_.filters.size(); i-- > 0;)
        switch (chunk_.filters[i]) {
        case by_byte: {
            auto const width = chunk_.filter_details[i];
            unshuffle(block, width == 0 ? chunk_.type_size : width, other);
            std::swap(block, other);
            break;
        }
        case by_bit:
            undo_bit_shuffle(block, chunk_.type_size, other);
            std::swap(block, other);
            break;
        case delta:
            undo_differences(start, block);
            break;
        default:  // truncated numbers are ordinary numbers
            break;
        }
    bool const has_delta = std::ranges::find(chunk_.filters, delta) != chunk_.filters.end();
    if (has_delta && start == 0)
        first_.assign(block.begin(), block.end());
    return block;
}

/// Exclusive or with the element before, and with the first block in all others.
void blosc2_filters::undo_differences(std::uint64_t start, std::span<std::byte> block) const
{
    auto const width = width_of_differences(chunk_.type_size);
    auto const whole = block.size() / width * width;
    if (start == 0)
        for (std::size_t i = width; i < whole; ++i)
            block[i] ^= block[i - width];
    else
        for (std::size_t i = 0; i < whole; ++i)
            block[i] ^= first_[i];
}

}  // namespace lindi::codec
