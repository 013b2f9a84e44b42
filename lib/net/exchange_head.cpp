#include "exchange_head.hpp"

#include "text.hpp"

namespace lindi::net {

http_request to_message(exchange_request const& request, std::optional<url> const& proxy)
{
    auto const target = proxy ? request.to.text() : request.to.target;
    http_request message(request.method, target, 11);
    if (auto const secret = proxy ? proxy_authorization(*proxy) : std::string(); !secret.empty())
        message.set(http::field::proxy_authorization, secret);
    message.set(http::field::host, request.to.authority());
    message.set(http::field::user_agent, "lindi/" LINDI_VERSION);
    message.set(http::field::accept, "*/*");
    message.set(http::field::accept_encoding, "identity");
    for (auto const& [name, value] : request.fields)
        message.set(name, value);
    if (request.method == http::verb::put || request.method == http::verb::post) {
        message.body() = {request.body.data(), request.body.size()};
        message.content_length(request.body.size());
    }
    return message;
}

answer_head head_of(http_parser const& parser)
{
    auto const& fields = parser.get();
    auto const text = [&](auto name) { return std::string(fields[name]); };
    answer_head out;
    out.status = fields.result_int();
    out.content_range = text(http::field::content_range);
    out.content_encoding = text(http::field::content_encoding);
    out.content_type = text(http::field::content_type);
    if (auto const length = parser.content_length())
        out.content_length = *length;
    out.identity.etag = text(http::field::etag);
    out.identity.last_modified = text(http::field::last_modified);
    out.identity.version = text("x-amz-version-id");
    return out;
}

range_claim answer_head::claim() const
{
    return {status, content_range, content_encoding, content_type, content_length};
}

}  // namespace lindi::net
