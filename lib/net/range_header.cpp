#include "text.hpp"

#include <lindi/net/range_header.hpp>

#include <algorithm>

namespace lindi::net {
namespace {

error bad_answer(io::byte_range asked, std::string detail)
{
    return {errc::io, asked.offset, "HTTP answer", std::move(detail)};
}

std::string text_of(io::byte_range range)
{
    return "bytes " + std::to_string(range.offset) + "-" + std::to_string(range.end() - 1);
}

error bad_content_range(std::string_view value)
{
    return {errc::bad_value, error::nowhere, "Content-Range", printable(value)};
}

/// No server was asked to encode anything, so nobody here would decode it.
result<void> check_encoding(range_claim const& claim, io::byte_range asked)
{
    if (claim.content_encoding.empty() || equal_ignoring_case(claim.content_encoding, "identity"))
        return {};
    return bad_answer(
        asked, "unasked content encoding '" + printable(claim.content_encoding) + "'"
    );
}

bool is_web_page(range_claim const& claim)
{
    auto const type = claim.content_type.substr(0, claim.content_type.find(';'));
    return equal_ignoring_case(trim(type), "text/html");
}

result<content_range> partial_range(range_claim const& claim, io::byte_range asked)
{
    if (auto const encoding = check_encoding(claim, asked); !encoding)
        return encoding.error();
    if (claim.content_range.empty())
        return bad_answer(asked, "status 206 without Content-Range");
    auto parsed = parse_content_range(claim.content_range);
    if (!parsed)
        return bad_answer(asked, "Content-Range '" + printable(claim.content_range) + "'");
    if (!parsed->range)
        return bad_answer(asked, "Content-Range without a range");
    if (claim.content_length && *claim.content_length != parsed->range->size)
        return bad_answer(
            asked,
            "Content-Length " + std::to_string(*claim.content_length) + " for " +
                text_of(*parsed->range)
        );
    return *parsed;
}

result<granted_range>
first_whole_file(range_claim const& claim, io::byte_range asked, std::uint64_t whole_file)
{
    if (auto const encoding = check_encoding(claim, asked); !encoding)
        return encoding.error();
    if (is_web_page(claim))
        return bad_answer(asked, "a web page instead of the file");
    if (!claim.content_length)
        return bad_answer(
            asked, "the server ignores ranges and does not say how large the file is"
        );
    if (*claim.content_length > whole_file)
        return bad_answer(
            asked,
            "the server ignores ranges and the file is large: " +
                std::to_string(*claim.content_length) + " bytes"
        );
    return granted_range{{0, *claim.content_length}, *claim.content_length};
}

}  // namespace

std::string write_range(io::byte_range range)
{
    return "bytes=" + std::to_string(range.offset) + "-" + std::to_string(range.end() - 1);
}

result<content_range> parse_content_range(std::string_view value)
{
    auto rest = trim(value);
    if (!equal_ignoring_case(rest.substr(0, 6), "bytes "))
        return bad_content_range(value);
    rest = trim(rest.substr(6));
    auto const slash = rest.find('/');
    if (slash == std::string_view::npos)
        return bad_content_range(value);
    auto const range = rest.substr(0, slash);
    auto const total = rest.substr(slash + 1);

    content_range out;
    if (total != "*") {
        out.total = parse_number(total);
        if (!out.total)
            return bad_content_range(value);
    }
    if (range == "*")
        return out.total ? result<content_range>(out) : bad_content_range(value);
    auto const dash = range.find('-');
    if (dash == std::string_view::npos)
        return bad_content_range(value);
    auto const first = parse_number(range.substr(0, dash));
    auto const last = parse_number(range.substr(dash + 1));
    bool const sound = first && last && *first <= *last && *last != ~std::uint64_t{0} &&
                       (!out.total || *last < *out.total);
    if (!sound)
        return bad_content_range(value);
    out.range = io::byte_range{*first, *last - *first + 1};
    return out;
}

result<granted_range>
check_first_answer(range_claim const& claim, io::byte_range asked, std::uint64_t whole_file)
{
    if (claim.status == 200)
        return first_whole_file(claim, asked, whole_file);
    if (claim.status == 416) {
        auto const parsed = parse_content_range(claim.content_range);
        if (parsed && parsed->total == std::uint64_t{0})
            return granted_range{};
        return bad_answer(asked, "status 416 for the start of the file");
    }
    if (claim.status != 206)
        return bad_answer(asked, "status " + std::to_string(claim.status));
    auto const partial = partial_range(claim, asked);
    if (!partial)
        return partial.error();
    if (!partial->total)
        return bad_answer(asked, "the server does not say how large the file is");
    io::byte_range const expected{0, std::min(asked.size, *partial->total)};
    if (*partial->range != expected)
        return bad_answer(asked, text_of(*partial->range) + " instead of " + text_of(expected));
    return granted_range{expected, *partial->total};
}

result<void> check_answer(range_claim const& claim, io::byte_range asked, std::uint64_t total)
{
    if (claim.status == 200)
        return bad_answer(asked, "the server ignores the range");
    if (claim.status != 206)
        return bad_answer(asked, "status " + std::to_string(claim.status));
    auto const partial = partial_range(claim, asked);
    if (!partial)
        return partial.error();
    if (*partial->range != asked)
        return bad_answer(asked, text_of(*partial->range) + " instead of " + text_of(asked));
    if (partial->total && *partial->total != total)
        return bad_answer(
            asked,
            "the file changed while it was read: " + std::to_string(*partial->total) +
                " bytes instead of " + std::to_string(total)
        );
    return {};
}

}  // namespace lindi::net
