/// \file
/// Reads JSON text value by value, straight down, and keeps nothing. RFC 8259, and what Python's
/// json adds: the bare numbers NaN, Infinity and -Infinity, and lone surrogates for bytes that are
/// no UTF-8.
///
/// After a failure every call returns nothing and changes nothing, so that a decoder asks once, in
/// `finish`.

#pragma once

#include <lindi/core/error.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace lindi {

enum class json_kind : std::uint8_t {
    none,  ///< no value: the end of the text, something that begins none, or after a failure
    null,
    boolean,
    number,
    text,
    list,
    object,
};

/// A whole number as the first type that holds it; what has a point or an exponent as double.
using json_number = std::variant<std::int64_t, std::uint64_t, double>;

class json_reader {
public:
    /// Lists and objects in one another; deeper text is refused.
    static constexpr unsigned max_depth = 64;

    /// \param text       outlives the reader and what it hands out
    /// \param structure  name for errors; a literal
    /// \param at         place of the text's first byte, for errors
    json_reader(std::string_view text, char const* structure, std::uint64_t at = 0) noexcept
        : text_(text), structure_(structure), at_(at)
    {}

    /// Of the value that comes next.
    json_kind kind();

    void take_null();
    bool take_boolean();
    /// Fails for whole numbers that no 64 bits hold.
    json_number take_number();
    /// A string's bytes, UTF-8 wherever it holds characters.
    std::string take_text();
    /// What stands between the quotes, for `unescape_json`.
    std::string_view take_raw_text();
    /// Any value as it is written. Strings in it are passed over, not looked into.
    std::string_view take_raw();

    /// Goes into a list: `for (r.begin_list(); r.next();) r.take_...`
    void begin_list() { begin('['); }
    /// Whether another item follows; if not, the list is left behind.
    bool next();
    /// Goes into an object: `for (r.begin_object(); r.next_member(key);) r.take_...`
    void begin_object() { begin('{'); }
    /// As `next`. \param key  what stands between the quotes
    bool next_member(std::string_view& key);

    /// Fails unless nothing but white space is left.
    void expect_end();

    bool ok() const noexcept { return !error_.has_value(); }
    error const& failure() const { return *error_; }
    void fail(errc code, std::string detail);
    std::size_t position() const noexcept { return position_; }

    /// The value, or the first failure.
    template <class T>
    [[nodiscard]] result<std::remove_cvref_t<T>> finish(T&& value)
    {
        if (error_)
            return *error_;
        return std::forward<T>(value);
    }

private:
    void skip_space() noexcept;
    bool expect(char c);
    bool expect_word(std::string_view word);
    void begin(char bracket);
    bool next_in(char bracket);
    void skip_number();
    void skip_nested();
    void skip_scalar();
    json_number to_number(std::string_view digits, bool whole);

    std::string_view text_;
    std::size_t position_ = 0;
    char const* structure_;
    std::uint64_t at_;
    unsigned depth_ = 0;
    bool first_ = false;  ///< right behind an opening bracket
    std::optional<error> error_;
};

/// The bytes that a string stands for.
/// \param raw  what stands between its quotes
/// \return the bytes; or errc::bad_value for escapes that JSON does not have
[[nodiscard]] result<std::string> unescape_json(std::string_view raw);

}  // namespace lindi
