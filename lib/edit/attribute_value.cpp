#include <lindi/edit/attribute_value.hpp>
#include <lindi/zarr/float_text.hpp>
#include <lindi/zarr/json_text.hpp>

#include <cstring>

namespace lindi::edit {
namespace {

template <class T>
T number_at(std::span<std::byte const> from)
{
    T out{};
    std::memcpy(&out, from.data(), sizeof out);
    return out;
}

template <class T>
void append_integer_at(std::string& out, std::span<std::byte const> from)
{
    zarr::append_integer(out, number_at<T>(from));
}

void append_number(std::string& out, native_type type, std::span<std::byte const> at)
{
    using zarr::non_finite;
    bool const is_signed = type.letter == 'i';
    if (type.letter == 'b')
        out += number_at<bool>(at) ? "true" : "false";
    else if (type.letter == 'f' && type.size == 4)
        zarr::append_float(out, static_cast<double>(number_at<float>(at)), non_finite::bare);
    else if (type.letter == 'f')
        zarr::append_float(out, number_at<double>(at), non_finite::bare);
    else if (type.size == 1)
        is_signed ? append_integer_at<std::int8_t>(out, at)
                  : append_integer_at<std::uint8_t>(out, at);
    else if (type.size == 2)
        is_signed ? append_integer_at<std::int16_t>(out, at)
                  : append_integer_at<std::uint16_t>(out, at);
    else if (type.size == 4)
        is_signed ? append_integer_at<std::int32_t>(out, at)
                  : append_integer_at<std::uint32_t>(out, at);
    else
        is_signed ? append_integer_at<std::int64_t>(out, at)
                  : append_integer_at<std::uint64_t>(out, at);
}

}  // namespace

attribute_value::attribute_value(native_numbers const& numbers, bool one)
{
    text_ = one ? "" : "[";
    for (std::size_t i = 0; i < numbers.count(); ++i) {
        text_ += i == 0 ? "" : ",";
        append_number(text_, numbers.type, numbers.bytes.subspan(i * numbers.type.size));
    }
    text_ += one ? "" : "]";
}

attribute_value::attribute_value(std::string_view text)
{
    zarr::append_string(text_, text);
}

attribute_value::attribute_value(object_path const& target)
{
    text_ = R"({"_REFERENCE":{"path":)";
    zarr::append_string(text_, target.path);
    text_ += "}}";
}

attribute_value::attribute_value(std::vector<std::string> const& values)
{
    text_ = "[";
    for (auto const& value : values) {
        text_ += text_.size() == 1 ? "" : ",";
        zarr::append_string(text_, value);
    }
    text_ += ']';
}

attribute_value::attribute_value(std::vector<bool> const& values)
{
    text_ = "[";
    for (bool const value : values) {
        text_ += text_.size() == 1 ? "" : ",";
        text_ += value ? "true" : "false";
    }
    text_ += ']';
}

attribute_value attribute_value::json(std::string text)
{
    attribute_value out;
    out.text_ = std::move(text);
    return out;
}

}  // namespace lindi::edit
