#include "text.hpp"

#include <lindi/net/url.hpp>

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <algorithm>

namespace lindi::net {
namespace {

constexpr std::size_t longest_url = 16 * 1024;

error bad_url(std::string_view text, char const* why)
{
    return {errc::bad_value, error::nowhere, "URL", printable(without_secrets(text)) + ": " + why};
}

bool is_control(unsigned char c)
{
    return c < 0x20 || c == 0x7f;
}

void append_escaped(std::string& out, unsigned char c)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    out += '%';
    out += digits[c >> 4];
    out += digits[c & 15];
}

/// What may not stand in a URL but is pasted often.
std::string escape_pasted(std::string_view text)
{
    constexpr std::string_view never_allowed = " \"<>\\^`{|}";
    std::string out;
    out.reserve(text.size());
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte > 0x7e || never_allowed.find(c) != std::string_view::npos)
            append_escaped(out, byte);
        else
            out += c;
    }
    return out;
}

/// A host that is sent to a resolver and into headers.
bool is_sound_host(std::string_view host)
{
    constexpr std::size_t longest_name = 253;
    return !host.empty() && host.size() <= longest_name &&
           std::all_of(host.begin(), host.end(), [](unsigned char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                      c == '_' || c == ':';
           });
}

result<url> take(boost::urls::url_view const& from, std::string_view text)
{
    auto const scheme = to_lower(std::string_view(from.scheme()));
    if (scheme != "http" && scheme != "https")
        return error(errc::unsupported, error::nowhere, "URL", "scheme '" + scheme + "'");
    url out;
    out.tls = scheme == "https";
    out.host = to_lower(from.host_address());
    // An escaped colon in a name would make it look like an IPv6 address.
    bool const is_ipv6 = from.host_type() == boost::urls::host_type::ipv6;
    if (!is_sound_host(out.host) || (!is_ipv6 && out.host.find(':') != std::string::npos))
        return bad_url(text, "no usable host");
    out.port = out.tls ? 443 : 80;
    if (from.has_port() && !from.port().empty()) {
        auto const port = parse_number(std::string_view(from.port()));
        if (!port || *port == 0 || *port > 65535)
            return bad_url(text, "no usable port");
        out.port = static_cast<std::uint16_t>(*port);
    }
    out.target = std::string(from.encoded_path());
    if (out.target.empty())
        out.target = "/";
    // Boost.URL 1.81 takes "http://host:text" for host and path.
    if (out.target.front() != '/')
        return bad_url(text, "no usable port");
    if (from.has_query())
        out.target.append("?").append(std::string_view(from.encoded_query()));
    if (from.has_userinfo())
        out.user_info = from.userinfo();
    return out;
}

}  // namespace

std::string url::authority() const
{
    auto out = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (port != (tls ? 443 : 80))
        out.append(":").append(std::to_string(port));
    return out;
}

std::string url::text() const
{
    return (tls ? "https://" : "http://") + authority() + target;
}

std::string_view url::path() const noexcept
{
    return std::string_view(target).substr(0, target.find('?'));
}

bool url::same_origin(url const& other) const noexcept
{
    return tls == other.tls && host == other.host && port == other.port;
}

result<url> parse_url(std::string_view text)
{
    if (text.size() > longest_url)
        return bad_url(text, "too long");
    if (std::any_of(text.begin(), text.end(), is_control))
        return bad_url(text, "control characters");
    auto const escaped = escape_pasted(trim(text));
    auto const parsed = boost::urls::parse_uri(escaped);
    if (!parsed)
        return bad_url(text, "not an absolute URL");
    return take(*parsed, text);
}

result<url> resolve_url(url const& base, std::string_view reference)
{
    if (reference.size() > longest_url)
        return bad_url(reference, "too long");
    if (std::any_of(reference.begin(), reference.end(), is_control))
        return bad_url(reference, "control characters");
    auto const escaped = escape_pasted(trim(reference));
    auto const parsed = boost::urls::parse_uri_reference(escaped);
    if (!parsed)
        return bad_url(reference, "not a URL");
    if (parsed->has_scheme())
        return take(*parsed, reference);
    auto const base_text = base.text();
    auto const from = boost::urls::parse_uri(base_text);
    boost::urls::url resolved;
    if (!from || !boost::urls::resolve(*from, *parsed, resolved))
        return bad_url(reference, "not a URL");
    return take(resolved, reference);
}

std::string query_parameter(url const& from, std::string_view name)
{
    auto const text = from.text();
    auto const parsed = boost::urls::parse_uri(text);
    if (!parsed)
        return {};
    for (auto const& parameter : parsed->params())
        if (equal_ignoring_case(std::string(parameter.key), name))
            return std::string(parameter.value);
    return {};
}

std::string percent_encode(std::string_view text, bool keep_slashes)
{
    constexpr std::string_view marks = "-._~";
    std::string out;
    out.reserve(text.size());
    for (char const c : text) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos ||
                           (keep_slashes && c == '/');
        if (plain)
            out += c;
        else
            append_escaped(out, static_cast<unsigned char>(c));
    }
    return out;
}

}  // namespace lindi::net
