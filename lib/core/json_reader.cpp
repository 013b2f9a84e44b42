#include <lindi/core/json_reader.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

namespace lindi {
namespace {

constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

}  // namespace

void json_reader::fail(errc code, std::string detail)
{
    if (!error_)
        error_ = error(code, at_ + position_, structure_, std::move(detail));
}

void json_reader::skip_space() noexcept
{
    while (position_ < text_.size() && (text_[position_] == ' ' || text_[position_] == '\n' ||
                                        text_[position_] == '\r' || text_[position_] == '\t'))
        ++position_;
}

bool json_reader::expect(char c)
{
    if (ok() && position_ < text_.size() && text_[position_] == c) {
        ++position_;
        return true;
    }
    auto const early = position_ >= text_.size();
    fail(
        early ? errc::truncated : errc::bad_value, std::string("no '") + c + "' where one must be"
    );
    return false;
}

bool json_reader::expect_word(std::string_view word)
{
    if (ok() && text_.substr(position_).starts_with(word)) {
        position_ += word.size();
        return true;
    }
    fail(errc::bad_value, "no " + std::string(word) + " where one must be");
    return false;
}

json_kind json_reader::kind()
{
    if (!ok())
        return json_kind::none;
    skip_space();
    if (position_ == text_.size())
        return json_kind::none;
    switch (text_[position_]) {
    case 'n':
        return json_kind::null;
    case 't':
    case 'f':
        return json_kind::boolean;
    case '"':
        return json_kind::text;
    case '[':
        return json_kind::list;
    case '{':
        return json_kind::object;
    case '-':
    case 'N':
    case 'I':
        return json_kind::number;
    default:
        return is_digit(text_[position_]) ? json_kind::number : json_kind::none;
    }
}

void json_reader::take_null()
{
    skip_space();
    expect_word("null");
}

bool json_reader::take_boolean()
{
    skip_space();
    if (ok() && text_.substr(position_).starts_with("true"))
        return expect_word("true");
    expect_word("false");
    return false;
}

void json_reader::skip_number()
{
    auto const digits = [this] {
        auto const start = position_;
        while (position_ < text_.size() && is_digit(text_[position_]))
            ++position_;
        if (position_ == start)
            fail(errc::bad_value, "a number without digits");
    };
    auto const accept = [this](char c) {
        bool const there = ok() && position_ < text_.size() && text_[position_] == c;
        position_ += there ? 1 : 0;
        return there;
    };
    accept('-');
    if (accept('0')) {
        if (position_ < text_.size() && is_digit(text_[position_]))
            fail(errc::bad_value, "a number with zeros in front");
    } else {
        digits();
    }
    if (accept('.'))
        digits();
    if (accept('e') || accept('E')) {
        if (!accept('-'))
            accept('+');
        digits();
    }
}

json_number json_reader::to_number(std::string_view digits, bool whole)
{
    auto const* const end = digits.data() + digits.size();
    if (whole) {
        std::int64_t number = 0;
        if (std::from_chars(digits.data(), end, number).ec == std::errc())
            return number;
        std::uint64_t natural = 0;
        if (std::from_chars(digits.data(), end, natural).ec == std::errc())
            return natural;
        fail(errc::bad_value, "a whole number of more than 64 bits");
        return std::int64_t{0};
    }
    double real = 0;
    if (std::from_chars(digits.data(), end, real).ec == std::errc::result_out_of_range) {
        // As Python: too large is infinite, too small is zero.
        bool const negative = digits.front() == '-';
        auto const exponent = digits.find_first_of("eE");
        bool const small = exponent == digits.npos
                               ? digits.substr(negative ? 1 : 0).starts_with("0.")
                               : digits[exponent + 1] == '-';
        real = small ? 0.0 : std::numeric_limits<double>::infinity();
        real = negative ? -real : real;
    }
    return real;
}

json_number json_reader::take_number()
{
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    skip_space();
    if (!ok())
        return {};
    auto const rest = text_.substr(position_);
    if (rest.starts_with('N')) {
        expect_word("NaN");
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (rest.starts_with('I')) {
        expect_word("Infinity");
        return infinity;
    }
    if (rest.starts_with("-I")) {
        expect_word("-Infinity");
        return -infinity;
    }
    auto const start = position_;
    skip_number();
    if (!ok())
        return {};
    auto const digits = text_.substr(start, position_ - start);
    return to_number(digits, digits.find_first_of(".eE") == digits.npos);
}

std::string_view json_reader::take_raw_text()
{
    skip_space();
    if (!expect('"'))
        return {};
    auto const start = position_;
    for (; position_ < text_.size(); ++position_) {
        auto const c = text_[position_];
        if (c == '"')
            return text_.substr(start, position_++ - start);
        if (c == '\\')
            ++position_;
        else if (static_cast<unsigned char>(c) < 0x20)
            break;
    }
    bool const early = position_ >= text_.size();
    position_ = std::min(position_, text_.size());
    fail(early ? errc::truncated : errc::bad_value, "a string without an end");
    return {};
}

std::string json_reader::take_text()
{
    auto const raw = take_raw_text();
    if (!ok())
        return {};
    auto text = unescape_json(raw);
    if (text)
        return std::move(*text);
    fail(
        text.error().code() == errc::truncated ? errc::truncated : errc::bad_value,
        std::string(text.error().detail())
    );
    return {};
}

void json_reader::begin(char bracket)
{
    skip_space();
    if (!expect(bracket))
        return;
    if (++depth_ > max_depth)
        fail(errc::too_large, "nested too deeply");
    first_ = true;
}

bool json_reader::next_in(char bracket)
{
    if (!ok())
        return false;
    skip_space();
    if (position_ < text_.size() && text_[position_] == bracket) {
        ++position_;
        --depth_;
        first_ = false;
        return false;
    }
    if (!first_ && !expect(','))
        return false;
    first_ = false;
    return true;
}

bool json_reader::next()
{
    if (!next_in(']'))
        return false;
    if (kind() == json_kind::none)
        fail(position_ == text_.size() ? errc::truncated : errc::bad_value, "no value");
    return ok();
}

bool json_reader::next_member(std::string_view& key)
{
    if (!next_in('}'))
        return false;
    key = take_raw_text();
    skip_space();
    expect(':');
    return ok();
}

void json_reader::skip_scalar()
{
    switch (kind()) {
    case json_kind::null:
        take_null();
        break;
    case json_kind::boolean:
        take_boolean();
        break;
    case json_kind::number:
        if (text_[position_] == 'N' || text_[position_] == 'I' ||
            text_.substr(position_).starts_with("-I"))
            take_number();
        else
            skip_number();
        break;
    case json_kind::text:
        take_raw_text();
        break;
    default:
        fail(position_ == text_.size() ? errc::truncated : errc::bad_value, "no value");
    }
}

/// Without recursion: which brackets are open is a bit each.
void json_reader::skip_nested()
{
    static_assert(max_depth <= 64);
    std::uint64_t objects = 0;  // bit i: the bracket at depth i is one of an object
    auto const outside = depth_;
    std::string_view key;
    do {
        auto const what = kind();
        if (what == json_kind::list || what == json_kind::object) {
            begin(what == json_kind::list ? '[' : '{');
            if (!ok())
                return;
            auto const bit = std::uint64_t{1} << (depth_ - 1);
            objects = what == json_kind::object ? objects | bit : objects & ~bit;
        } else {
            skip_scalar();
        }
        // Leaves everything that ends here.
        while (ok() && depth_ > outside) {
            bool const in_object = (objects >> (depth_ - 1) & 1) != 0;
            if (in_object ? next_member(key) : next())
                break;
        }
    } while (ok() && depth_ > outside);
}

std::string_view json_reader::take_raw()
{
    skip_space();
    auto const start = position_;
    skip_nested();
    return ok() ? text_.substr(start, position_ - start) : std::string_view();
}

void json_reader::expect_end()
{
    skip_space();
    if (ok() && position_ != text_.size())
        fail(errc::bad_value, "more text behind the value");
}

}  // namespace lindi
