/// \file
/// JSON, written as it comes: nothing is kept but the nesting.

#pragma once

#include <concepts>
#include <cstdint>
#include <ostream>
#include <string_view>
#include <vector>

namespace lindi::tools {

class json_writer {
public:
    /// \param out  outlives the writer
    explicit json_writer(std::ostream& out) : out_(&out) {}

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    /// Of the value that comes next. \pre in an object; UTF-8
    void key(std::string_view name);
    /// Bytes written so far.
    std::uint64_t written() const noexcept { return written_; }
    /// A line break in front of the next key or element.
    void new_line() { break_ = true; }

    void string(std::string_view utf8);
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void null() { raw("null"); }
    /// A value that is JSON already.
    void text(std::string_view json) { raw(json); }
    template <std::integral Number>
    void number(Number value)
    {
        if constexpr (std::signed_integral<Number>)
            signed_number(value);
        else
            unsigned_number(value);
    }

    /// `key` and a value in one.
    void member(std::string_view name, std::string_view utf8)
    {
        key(name);
        string(utf8);
    }
    template <std::integral Number>
    void member(std::string_view name, Number value)
    {
        key(name);
        if constexpr (std::same_as<Number, bool>)
            boolean(value);
        else
            number(value);
    }
    void null_member(std::string_view name)
    {
        key(name);
        null();
    }

private:
    void open(char bracket);
    void close(char bracket);
    void before_value();
    void put(std::string_view text);
    void raw(std::string_view text);
    void quote(std::string_view utf8);
    void signed_number(std::int64_t value);
    void unsigned_number(std::uint64_t value);

    std::ostream* out_;
    std::uint64_t written_ = 0;
    std::vector<bool> has_items_;  ///< of each open object or array
    bool after_key_ = false;
    bool break_ = false;
};

}  // namespace lindi::tools
