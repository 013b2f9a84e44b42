#include <lindi/zarr/utf8.hpp>

namespace lindi::zarr {

namespace {

struct sequence {
    unsigned length = 0;  ///< bytes; 0: no sequence starts like this
    char32_t first = 0;   ///< payload of the first byte
    char32_t lowest = 0;  ///< the least code point that needs so many bytes
};

sequence sequence_of(unsigned char lead) noexcept
{
    if (lead >= 0xc2 && lead < 0xe0)
        return {2, lead & 0x1fu, 0x80};
    if (lead >= 0xe0 && lead < 0xf0)
        return {3, lead & 0x0fu, 0x800};
    if (lead >= 0xf0 && lead < 0xf5)
        return {4, lead & 0x07u, 0x10000};
    return {};
}

bool is_scalar(char32_t c) noexcept
{
    return c < 0xd800 || (c > 0xdfff && c <= 0x10ffff);
}

}  // namespace

char32_t next_wide_code_point(std::string_view text, std::size_t& at) noexcept
{
    auto const lead = static_cast<unsigned char>(text[at]);
    auto const broken = static_cast<char32_t>(0xdc00u + lead);
    auto const s = sequence_of(lead);
    if (s.length == 0 || s.length > text.size() - at) {
        ++at;
        return broken;
    }
    auto c = s.first;
    for (unsigned i = 1; i < s.length; ++i) {
        auto const next = static_cast<unsigned char>(text[at + i]);
        if ((next & 0xc0u) != 0x80u) {
            ++at;
            return broken;
        }
        c = c << 6 | (next & 0x3fu);
    }
    if (c < s.lowest || !is_scalar(c)) {
        ++at;
        return broken;
    }
    at += s.length;
    return c;
}

std::size_t count_code_points(std::string_view text) noexcept
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count)
        next_code_point(text, at);
    return count;
}

bool is_utf8(std::string_view text) noexcept
{
    for (std::size_t at = 0; at < text.size();)
        if (!is_scalar(next_code_point(text, at)))
            return false;
    return true;
}

}  // namespace lindi::zarr
