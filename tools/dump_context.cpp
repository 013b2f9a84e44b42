#include "dump_context.hpp"

#include "printable.hpp"

#include <lindi/core/hex.hpp>
#include <lindi/core/utf8.hpp>

#include <array>
#include <cstdio>
#include <utility>

namespace lindi::tools {

result<void> dump_context::spend(std::uint64_t elements, std::uint64_t bytes)
{
    // measured: a hash and a text of an element, and of a byte of a string
    constexpr std::uint64_t per_element = 100;
    constexpr std::uint64_t per_byte = 10;
    auto const left = work_left;
    if (elements > left / per_element || bytes > (left - elements * per_element) / per_byte) {
        work_left = 0;
        return error(errc::too_large, error::nowhere, "values", "they are too many altogether");
    }
    work_left -= elements * per_element + bytes * per_byte;
    return {};
}

result<void> dump_context::with_damage(result<void> done)
{
    auto const damage = std::exchange(damaged_reference, std::nullopt);
    return done && damage ? *damage : done;
}

bool dump_context::has_room(json_writer const& w)
{
    was_cut = was_cut || w.written() > max_output;
    return !was_cut;
}

std::string utf8_text(std::string_view bytes)
{
    std::string out;
    for (std::size_t at = 0; at < bytes.size();) {
        auto const begin = at;
        if (is_scalar(next_code_point(bytes, at))) {
            out += bytes.substr(begin, at - begin);
            continue;
        }
        std::array<char, 8> hex{};
        std::snprintf(hex.data(), hex.size(), "\\x%02x", static_cast<unsigned char>(bytes[begin]));
        out += hex.data();
    }
    return out;
}

void put_name(json_writer& w, std::string const& key, std::string_view bytes)
{
    if (is_utf8(bytes)) {
        w.member(key, bytes);
        return;
    }
    w.member(key, utf8_text(bytes));
    w.member(key + "_hex", hex_of(as_bytes(bytes)));
}

void write_text(json_writer& w, std::string_view bytes)
{
    if (is_utf8(bytes)) {
        w.string(bytes);
        return;
    }
    w.begin_object();
    w.member("hex", hex_of(as_bytes(bytes)));
    w.end_object();
}

void put_numbers(json_writer& w, std::string_view key, std::span<std::uint64_t const> numbers)
{
    w.key(key);
    w.begin_array();
    for (auto const n : numbers)
        w.number(n);
    w.end_array();
}

}  // namespace lindi::tools
