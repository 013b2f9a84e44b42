#include <lindi/core/utf8.hpp>

namespace lindi {

void append_utf8(std::string& out, char32_t code)
{
    constexpr char32_t first_byte = 0xdc80;
    constexpr char32_t last_byte = 0xdcff;
    auto const put = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (code >= first_byte && code <= last_byte) {
        put(code - 0xdc00);
    } else if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xc0 | code >> 6);
        put(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        put(0xe0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    } else {
        put(0xf0 | (code >> 18 & 0x07));
        put(0x80 | (code >> 12 & 0x3f));
        put(0x80 | (code >> 6 & 0x3f));
        put(0x80 | (code & 0x3f));
    }
}

}  // namespace lindi
