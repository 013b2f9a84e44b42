#include "csv_reader.hpp"

#include <lindi/core/json_reader.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace lindi::tools {
namespace {

error refuse(std::uint64_t line, std::string const& why)
{
    return {errc::bad_value, error::nowhere, "CSV", "line " + std::to_string(line) + ": " + why};
}

std::string_view trimmed(std::string_view text)
{
    auto const first = text.find_first_not_of(" \t\r");
    auto const last = text.find_last_not_of(" \t\r");
    return first == text.npos ? std::string_view() : text.substr(first, last - first + 1);
}

/// A number as JSON; empty: none. JSON has neither a plus in front nor points at the ends.
std::string to_json_number(std::string_view field)
{
    auto text = trimmed(field);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    auto const* const end = text.data() + text.size();
    if (text.empty())
        return "NaN";
    auto const read = std::from_chars(text.data(), end, value);
    if (read.ec == std::errc::invalid_argument || read.ptr != end)
        return {};
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value) || read.ec != std::errc())
        return read.ec != std::errc() ? std::string() : value > 0 ? "Infinity" : "-Infinity";
    json_reader r(text, "CSV");
    r.take_number();
    r.expect_end();
    if (r.ok())
        return std::string(text);
    char out[32];
    return {out, std::to_chars(out, out + sizeof out, value).ptr};
}

/// Takes one field off the text, with what ends it.
class field_reader {
public:
    explicit field_reader(std::string_view text) noexcept : text_(text) {}

    bool at_end() const noexcept { return text_.empty(); }
    std::uint64_t line() const noexcept { return line_; }
    bool line_ended() const noexcept { return line_ended_; }

    result<std::string> next()
    {
        std::string out;
        if (text_.starts_with('"')) {
            if (!take_quoted(out))
                return refuse(line_, "a quote that is not closed");
        }
        auto const end = std::min(text_.find_first_of(",\n"), text_.size());
        out += text_.substr(0, end);
        line_ended_ = end == text_.size() || text_[end] == '\n';
        text_.remove_prefix(std::min(end + 1, text_.size()));
        if (line_ended_ && out.ends_with('\r'))
            out.pop_back();
        line_ += line_ended_ ? 1 : 0;
        return out;
    }

private:
    bool take_quoted(std::string& out)
    {
        for (text_.remove_prefix(1); !text_.empty();) {
            char const c = text_[0];
            text_.remove_prefix(1);
            if (c == '"' && !text_.starts_with('"'))
                return true;
            if (c == '"')
                text_.remove_prefix(1);
            line_ += c == '\n' ? 1 : 0;
            out += c;
        }
        return false;
    }

    std::string_view text_;
    std::uint64_t line_ = 1;
    bool line_ended_ = false;
};

result<std::vector<std::string>> take_row(field_reader& from)
{
    std::vector<std::string> out;
    do {
        auto field = from.next();
        if (!field)
            return field.error();
        out.push_back(std::move(*field));
    } while (!from.line_ended());
    return out;
}

/// Replaces the fields by numbers. \return whether all of them are some
bool to_numbers(std::vector<std::string>& row, bool& all_whole)
{
    bool whole = all_whole;
    for (auto& field : row) {
        auto number = to_json_number(field);
        if (number.empty())
            return false;
        whole = whole && number.find_first_of(".eNI") == number.npos;
        field = std::move(number);
    }
    all_whole = whole;
    return true;
}

bool no_numbers(std::vector<std::string> const& row)
{
    return std::all_of(row.begin(), row.end(), [](std::string const& field) {
        return to_json_number(field).empty();
    });
}

}  // namespace

result<csv_table> read_csv(std::string_view text, bool texts)
{
    csv_table out;
    field_reader from(text);
    for (bool first = true; !from.at_end(); first = false) {
        auto const line = from.line();
        auto row = take_row(from);
        if (!row)
            return row.error();
        bool const blank = row->size() == 1 && trimmed(row->front()).empty();
        if (!texts && (blank || (first && no_numbers(*row))))
            continue;
        if (!texts && !to_numbers(*row, out.all_whole))
            return refuse(line, "a field that is no number");
        if (out.rows != 0 && row->size() != out.columns)
            return refuse(line, "another number of fields than in the lines before");
        out.columns = row->size();
        ++out.rows;
        std::move(row->begin(), row->end(), std::back_inserter(out.fields));
    }
    if (out.rows == 0)
        return refuse(1, "no rows");
    return out;
}

}  // namespace lindi::tools
