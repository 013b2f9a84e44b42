#include "json_writer.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace lindi::tools {

void json_writer::put(std::string_view text)
{
    out_->write(text.data(), static_cast<std::streamsize>(text.size()));
    written_ += text.size();
}

void json_writer::before_value()
{
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (!has_items_.empty()) {
        if (has_items_.back())
            put(break_ ? "," : ", ");
        has_items_.back() = true;
    }
    if (break_)
        put("\n");
    break_ = false;
}

void json_writer::key(std::string_view name)
{
    before_value();
    quote(name);
    put(": ");
    after_key_ = true;
}

void json_writer::open(char bracket)
{
    before_value();
    put({&bracket, 1});
    has_items_.push_back(false);
}

void json_writer::close(char bracket)
{
    if (break_)
        put("\n");
    break_ = false;
    put({&bracket, 1});
    has_items_.pop_back();
}

void json_writer::raw(std::string_view text)
{
    before_value();
    put(text);
}

void json_writer::string(std::string_view utf8)
{
    before_value();
    quote(utf8);
}

void json_writer::quote(std::string_view utf8)
{
    put("\"");
    for (std::size_t from = 0; from < utf8.size();) {
        auto to = from;
        while (to < utf8.size() && static_cast<unsigned char>(utf8[to]) >= 0x20 &&
               utf8[to] != '"' && utf8[to] != '\\' && utf8[to] != 0x7f)
            ++to;
        put(utf8.substr(from, to - from));
        if (to < utf8.size()) {
            std::array<char, 8> escape{};
            auto const c = static_cast<unsigned char>(utf8[to]);
            std::snprintf(
                escape.data(), escape.size(), c == '"' || c == '\\' ? "\\%c" : "\\u%04x", c
            );
            put(escape.data());
            ++to;
        }
        from = to;
    }
    put("\"");
}

void json_writer::signed_number(std::int64_t value)
{
    std::array<char, 24> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    raw({digits.data(), end});
}

void json_writer::unsigned_number(std::uint64_t value)
{
    std::array<char, 24> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    raw({digits.data(), end});
}

}  // namespace lindi::tools
