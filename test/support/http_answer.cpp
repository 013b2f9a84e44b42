#include "http_answer.hpp"

#include <algorithm>

namespace lindi::test {
namespace {

struct byte_span {
    std::uint64_t first = 0;
    std::uint64_t size = 0;
};

/// "bytes=10-19"; the client under test writes no other form.
byte_span parse_range(std::string const& value, std::uint64_t total)
{
    auto const equals = value.find('=');
    auto const dash = value.find('-');
    if (equals == std::string::npos || dash == std::string::npos)
        return {0, total};
    auto const first = std::stoull(value.substr(equals + 1));
    auto const last = std::stoull(value.substr(dash + 1));
    auto const end = std::min<std::uint64_t>(last + 1, total);
    return {first, end > first ? end - first : 0};
}

/// Puts the patch over the part of the file that begins at `first`.
void put_patch(std::string& body, std::size_t first, served_file const& of)
{
    for (std::size_t i = 0; i < of.patch.size(); ++i) {
        auto const at = of.patched_at + i;
        if (at >= first && at - first < body.size())
            body[at - first] = of.patch[i];
    }
}

answer file_answer(server_options const& options, seen_request const& seen, behaviour const& how)
{
    auto const wrong = how.fault;
    auto const content = how.file ? how.file->content : content_of(options);
    auto const total = content.size();
    auto range = parse_range(seen.range, total);
    if (wrong == fault::wrong_range && range.first + range.size < total)
        ++range.first;
    else if (wrong == fault::wrong_range)
        --range.size;
    answer out;
    auto const& etag = how.file ? how.file->etag : options.etag;
    out.add("ETag", wrong == fault::other_etag ? "\"other\"" : etag);
    out.add(
        "Last-Modified",
        wrong == fault::other_date ? "Mon, 07 Nov 1994 08:49:37 GMT" : options.last_modified
    );
    if (range.size == 0) {
        out.status = 416;
        out.add("Content-Range", "bytes */" + std::to_string(total));
        out.length = 0;
        return out;
    }
    auto const text = as_text(content);
    out.body = std::string(text.substr(range.first, range.size));
    if (how.file)
        put_patch(out.body, range.first, *how.file);
    out.length = range.size;
    auto const shown_total = wrong == fault::other_size ? total + 1 : total;
    if (wrong == fault::bad_content_range)
        out.add("Content-Range", "bytes 7-3/2");
    else if (wrong != fault::no_content_range)
        out.add(
            "Content-Range",
            "bytes " + std::to_string(range.first) + "-" +
                std::to_string(range.first + range.size - 1) + "/" + std::to_string(shown_total)
        );
    return out;
}

}  // namespace

std::span<std::byte const> content_of(server_options const& options)
{
    return options.mapped.empty() ? options.file : options.mapped;
}

answer make_answer(server_options const& options, seen_request const& seen, behaviour const& how)
{
    answer out = file_answer(options, seen, how);
    if (seen.range.empty())
        out.status = 200;
    switch (how.fault) {
    case fault::status:
    case fault::retry_after:
        out = {};
        out.status = how.status;
        out.body = "<html><body>something went wrong</body></html>";
        out.length = out.body.size();
        out.add("Content-Type", "text/html");
        if (how.fault == fault::retry_after)
            out.add("Retry-After", how.retry_after);
        break;
    case fault::whole_file:
        out.status = 200;
        out.fields.clear();
        out.add("ETag", options.etag);
        out.body = std::string(as_text(content_of(options)));
        out.length = out.body.size();
        break;
    case fault::web_page:
        out = {};
        out.status = 200;
        out.body = "<html>please log in</html>";
        out.length = out.body.size();
        out.add("Content-Type", "text/html; charset=utf-8");
        break;
    case fault::short_body:
    case fault::stalled_body:
        out.send = out.body.size() / 2;
        out.stall = how.fault == fault::stalled_body;
        break;
    case fault::long_body:
        out.body += "surplus";
        out.length.reset();
        break;
    case fault::wrong_length:
        *out.length += 1;
        break;
    case fault::encoded:
        out.add("Content-Encoding", "gzip");
        break;
    case fault::huge_head:
        out.add("X-Padding", std::string(1 << 20, 'x'));
        break;
    default:
        break;
    }
    return out;
}

}  // namespace lindi::test
