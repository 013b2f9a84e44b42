#include "failure.hpp"

#include "text.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>

namespace lindi::net {
namespace {

constexpr char const* structure = "HTTP request";

bool is_certificate_problem(error_code const& code)
{
    return code.category() == asio::error::get_ssl_category();
}

/// Protocol errors are what a server sends, not what the way to it does; a cut connection may be
/// either.
bool is_transient(error_code const& code)
{
    if (code == boost::beast::http::error::end_of_stream ||
        code == boost::beast::http::error::partial_message)
        return true;
    static auto const& http_category =
        error_code(boost::beast::http::error::bad_version).category();
    return code.category() != http_category && !is_certificate_problem(code);
}

std::error_code status_code_of(unsigned status)
{
    if (status == 401 || status == 403)
        return std::make_error_code(std::errc::permission_denied);
    if (status == 404 || status == 410)
        return make_error_code(errc::not_found);
    return make_error_code(errc::io);
}

}  // namespace

failure transport_failure(error_code const& code, std::string const& step)
{
    failure out;
    if (code == boost::beast::error::timeout) {
        auto const timed_out = std::make_error_code(std::errc::timed_out);
        out.why = error(timed_out, error::nowhere, structure, step);
        out.transient = true;
        return out;
    }
    out.why = error(errc::io, error::nowhere, structure, step + ": " + code.message());
    out.transient = is_transient(code);
    return out;
}

failure status_failure(unsigned status, std::string_view reason, std::string_view body)
{
    auto detail = "status " + std::to_string(status);
    if (!reason.empty())
        detail.append(" ").append(printable(reason));
    if (!body.empty())
        detail.append(": ").append(printable(body));
    failure out;
    out.why = error(status_code_of(status), error::nowhere, structure, detail);
    out.status = status;
    out.transient = is_transient_status(status);
    return out;
}

failure permanent(error why)
{
    failure out;
    out.why = std::move(why);
    return out;
}

failure stopped()
{
    return permanent(error(errc::cancelled, error::nowhere, structure));
}

}  // namespace lindi::net
